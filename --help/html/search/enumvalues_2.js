var searchData=
[
  ['cannot_5fblock_0',['cannot_block',['../namespaceshoal.html#a1f0187a7b32e615cb45a17aaebc565dbac95926101b72243f40402372c55689da',1,'shoal']]],
  ['closed_1',['closed',['../namespaceshoal.html#a1f0187a7b32e615cb45a17aaebc565dba349e686330723975502e9ef4f939a5ac',1,'shoal']]],
  ['condition_2',['condition',['../structshoal_1_1builtin.html#ad54f819bc26fd71e13a5992ac79c8bc0aa31692edf201f292d0b38e5a1f3741a8',1,'shoal::builtin::condition()'],['../namespaceshoal.html#afecfc02e894dc4d037caa8029d930d0ba3f9178c25b78ed8bed19091bcb62e266',1,'shoal::condition()']]],
  ['constant_5ffield_3',['constant_field',['../namespaceshoal.html#a1f0187a7b32e615cb45a17aaebc565dbab39aad0187efff4e710e7a965ff5c314',1,'shoal']]],
  ['construct_4',['construct',['../namespaceshoal.html#a4b738ac697679e3a3f8098eee1b281acae62068a633874d298459a25f8868d306',1,'shoal']]]
];
