var searchData=
[
  ['bad_5fconst_0',['bad_const',['../namespaceshoal.html#a1f0187a7b32e615cb45a17aaebc565dbabfb71d7d9d424ae4fb4723fc5ffff2c5',1,'shoal']]],
  ['bad_5fkind_1',['bad_kind',['../namespaceshoal.html#a1f0187a7b32e615cb45a17aaebc565dba50f84d573f54c082ca2bb6a55f1afb2b',1,'shoal']]],
  ['bad_5fparent_2',['bad_parent',['../namespaceshoal.html#a1f0187a7b32e615cb45a17aaebc565dbae1012e462feba6e39b994e763ae85417',1,'shoal']]],
  ['bad_5fref_5ftype_3',['bad_ref_type',['../namespaceshoal.html#a1f0187a7b32e615cb45a17aaebc565dba54842f5fe134f033f159675a3e290b1e',1,'shoal']]],
  ['bind_4',['bind',['../structshoal_1_1resolve__answer.html#a846347d2e1c8b2450ba14a70dc2b6e02a128477f50347d98ee1213d71f27e8886',1,'shoal::resolve_answer::bind()'],['../namespaceshoal.html#a4b738ac697679e3a3f8098eee1b281aca128477f50347d98ee1213d71f27e8886',1,'shoal::bind()']]],
  ['boolean_5',['boolean',['../structshoal_1_1datum.html#a7e9cf67199a52c09ed2b9684ab9b7ed2a84e2c64f38f78ba3ea5c905ab5a2da27',1,'shoal::datum::boolean()'],['../namespaceshoal.html#abcb619add2b995c1b27e57f4f319a534a84e2c64f38f78ba3ea5c905ab5a2da27',1,'shoal::boolean()'],['../namespaceshoal.html#ab40e6f0ea83870266be067b1d198fc21a84e2c64f38f78ba3ea5c905ab5a2da27',1,'shoal::boolean()']]],
  ['boxed_5ff64_6',['boxed_f64',['../structshoal_1_1builtin.html#ad54f819bc26fd71e13a5992ac79c8bc0a6e9b2ca39586ab48fc341379e053b67e',1,'shoal::builtin']]],
  ['boxed_5fi64_7',['boxed_i64',['../structshoal_1_1builtin.html#ad54f819bc26fd71e13a5992ac79c8bc0acda0a756e058b422687ba46e1f47faa9',1,'shoal::builtin']]],
  ['boxed_5finteger_8',['boxed_integer',['../namespaceshoal.html#afecfc02e894dc4d037caa8029d930d0baf2a73e7aba136f0693e4b4f006a5fca9',1,'shoal']]],
  ['boxed_5fu64_9',['boxed_u64',['../structshoal_1_1builtin.html#ad54f819bc26fd71e13a5992ac79c8bc0a294b17abd35632f500c51059bbfbe6a8',1,'shoal::builtin']]],
  ['bytes_10',['bytes',['../namespaceshoal.html#a8624d53d2eb216798bd42b48b6e6298fa4b3a6218bb3e3a7303e8a171a60fcf92',1,'shoal']]]
];
