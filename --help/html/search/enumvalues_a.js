var searchData=
[
  ['name_0',['name',['../structshoal_1_1field__key.html#a7e9cf67199a52c09ed2b9684ab9b7ed2ab068931cc450442b63f5b3d276ea4297',1,'shoal::field_key']]],
  ['natural_1',['natural',['../structshoal_1_1datum.html#a7e9cf67199a52c09ed2b9684ab9b7ed2a8f4ef05b543fb6157b374099100574b3',1,'shoal::datum']]],
  ['no_5fright_2',['no_right',['../namespaceshoal.html#a1f0187a7b32e615cb45a17aaebc565dba96335b06394fb197e1ebdc8bfca7a655',1,'shoal']]],
  ['node_3',['node',['../structshoal_1_1graph__item.html#a846347d2e1c8b2450ba14a70dc2b6e02a36c4536996ca5615dcf9911f068786dc',1,'shoal::graph_item']]],
  ['none_4',['none',['../structshoal_1_1builtin.html#ad54f819bc26fd71e13a5992ac79c8bc0ab7e4e0120a041dbe6528b050c04269e0',1,'shoal::builtin::none()'],['../structshoal_1_1resolve__answer.html#a846347d2e1c8b2450ba14a70dc2b6e02a334c4a4c42fdb79d7ebc3e73b517e6f8',1,'shoal::resolve_answer::none()'],['../namespaceshoal.html#a4b738ac697679e3a3f8098eee1b281aca334c4a4c42fdb79d7ebc3e73b517e6f8',1,'shoal::none()']]],
  ['none_5fword_5',['none_word',['../classshoal_1_1prototype.html#a0e2026d7630e79f9e236f8930ecc789faa727b4af97a22be84839ee44b6a412ee',1,'shoal::prototype']]],
  ['not_5fa_5ftype_6',['not_a_type',['../namespaceshoal.html#a1f0187a7b32e615cb45a17aaebc565dbaee9a8c775ed0a8e3747f9f21cc14b596',1,'shoal']]],
  ['not_5fequal_7',['not_equal',['../namespaceshoal.html#a1f0187a7b32e615cb45a17aaebc565dba96ee5c0e2a7149613e7fd0b83316486e',1,'shoal']]],
  ['null_8',['null',['../structshoal_1_1datum.html#a7e9cf67199a52c09ed2b9684ab9b7ed2a37a6259cc0c1dae299a7866489dff0bd',1,'shoal::datum::null()'],['../namespaceshoal.html#abcb619add2b995c1b27e57f4f319a534a37a6259cc0c1dae299a7866489dff0bd',1,'shoal::null()'],['../namespaceshoal.html#a6588db9377a950619e5f584930688ec7a37a6259cc0c1dae299a7866489dff0bd',1,'shoal::null()']]],
  ['number_9',['number',['../structshoal_1_1datum.html#a7e9cf67199a52c09ed2b9684ab9b7ed2ab1bc248a7ff2b2e95569f56de68615df',1,'shoal::datum']]]
];
