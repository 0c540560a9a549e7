var searchData=
[
  ['canonical_5fnan_0',['canonical_nan',['../namespaceshoal.html#ad9a996c6f64f9ea2df55c1ee9539874b',1,'shoal']]],
  ['close_1',['close',['../structshoal_1_1cluster__extension.html#a751ac977c79ea2ebd68f4c04d2f9435c',1,'shoal::cluster_extension']]],
  ['code_2',['code',['../structshoal_1_1verify__result.html#ac926abc193cc9e2fe50cbf2ea6fd56fd',1,'shoal::verify_result']]],
  ['computed_3',['computed',['../namespaceshoal.html#aa4efecfaf2a888e7bbb5dc79bad4b1a9',1,'shoal']]],
  ['condition_5fbytes_4',['condition_bytes',['../namespaceshoal.html#a913a4cc840466e143bf8547b041c8e38',1,'shoal']]],
  ['constant_5',['constant',['../structshoal_1_1field.html#a3cb3615770fe5fc63c1386493684f1e1',1,'shoal::field::constant()'],['../structshoal_1_1field__spec.html#a3cb3615770fe5fc63c1386493684f1e1',1,'shoal::field_spec::constant()'],['../structshoal_1_1array__spec.html#a3cb3615770fe5fc63c1386493684f1e1',1,'shoal::array_spec::constant()']]]
];
