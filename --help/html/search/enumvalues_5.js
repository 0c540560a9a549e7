var searchData=
[
  ['f32_0',['f32',['../namespaceshoal.html#ab40e6f0ea83870266be067b1d198fc21a512dc597be7ae761876315165dc8bd2e',1,'shoal']]],
  ['f64_1',['f64',['../namespaceshoal.html#ab40e6f0ea83870266be067b1d198fc21a714b98e0a797e8f119f257a4ab802f86',1,'shoal']]],
  ['failed_2',['failed',['../structshoal_1_1resolve__answer.html#a846347d2e1c8b2450ba14a70dc2b6e02a26934eb377001f66e37289a5c93fe284',1,'shoal::resolve_answer']]],
  ['field_5fin_5fheader_3',['field_in_header',['../namespaceshoal.html#a1f0187a7b32e615cb45a17aaebc565dbaabeecfb431ee00c6feb052be4faca988',1,'shoal']]],
  ['field_5foutside_4',['field_outside',['../namespaceshoal.html#a1f0187a7b32e615cb45a17aaebc565dba37f8a2b019acda6a733f0dfa23fc7499',1,'shoal']]],
  ['filler_5',['filler',['../structshoal_1_1builtin.html#ad54f819bc26fd71e13a5992ac79c8bc0ada40996ee0874dd69a884e0f39228c11',1,'shoal::builtin::filler()'],['../namespaceshoal.html#afecfc02e894dc4d037caa8029d930d0babf030bf45e96260d02f19fb9845cee16',1,'shoal::filler()']]],
  ['first_5fuser_6',['first_user',['../structshoal_1_1builtin.html#ad54f819bc26fd71e13a5992ac79c8bc0ac53578668cb8d355a110824efd22c118',1,'shoal::builtin']]],
  ['first_5fword_7',['first_word',['../classshoal_1_1prototype.html#a0e2026d7630e79f9e236f8930ecc789fa98bd087a3f36f50fc9d5ebad9db9df0b',1,'shoal::prototype']]],
  ['float64_8',['float64',['../namespaceshoal.html#abcb619add2b995c1b27e57f4f319a534afb7fa22ede616c04c68a7663d0f81e92',1,'shoal']]],
  ['forked_9',['forked',['../namespaceshoal.html#a1f0187a7b32e615cb45a17aaebc565dba96a3fc7e9e9f98157497c592d3b54730',1,'shoal']]]
];
