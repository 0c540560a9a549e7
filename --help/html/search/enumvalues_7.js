var searchData=
[
  ['i16_0',['i16',['../namespaceshoal.html#ab40e6f0ea83870266be067b1d198fc21a2655f23011f3fe4c7c3d757d37d5f9a5',1,'shoal']]],
  ['i32_1',['i32',['../namespaceshoal.html#ab40e6f0ea83870266be067b1d198fc21af89edb52b075b8bd95989bd3d0a04c0a',1,'shoal']]],
  ['i64_2',['i64',['../namespaceshoal.html#ab40e6f0ea83870266be067b1d198fc21add1d26230d15c93e8fbdba07b0299a44',1,'shoal']]],
  ['i8_3',['i8',['../namespaceshoal.html#ab40e6f0ea83870266be067b1d198fc21a5a32061159a30eeebb309052be870e00',1,'shoal']]],
  ['inherited_5ffield_4',['inherited_field',['../namespaceshoal.html#a1f0187a7b32e615cb45a17aaebc565dba7c4362b2859ddfac377b1f95019a866a',1,'shoal']]],
  ['int32_5',['int32',['../namespaceshoal.html#abcb619add2b995c1b27e57f4f319a534a0241adbbd83925f051b694d40f02747f',1,'shoal']]],
  ['integer_6',['integer',['../structshoal_1_1datum.html#a7e9cf67199a52c09ed2b9684ab9b7ed2a157db7df530023575515d366c9b672e8',1,'shoal::datum::integer()'],['../structshoal_1_1field__key.html#a7e9cf67199a52c09ed2b9684ab9b7ed2a157db7df530023575515d366c9b672e8',1,'shoal::field_key::integer()']]],
  ['interrupted_7',['interrupted',['../namespaceshoal.html#a1f0187a7b32e615cb45a17aaebc565dbafadb76763385627e57ec386c9b6038f0',1,'shoal::interrupted()'],['../namespaceshoal.html#a75cc6bb36d123cb1339d1b1932d3d958afadb76763385627e57ec386c9b6038f0',1,'shoal::interrupted()']]],
  ['invalid_8',['invalid',['../namespaceshoal.html#a75cc6bb36d123cb1339d1b1932d3d958afedb2d84cafe20862cb4399751a8a7e3',1,'shoal']]]
];
