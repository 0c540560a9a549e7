var searchData=
[
  ['field_5fkind_0',['field_kind',['../namespaceshoal.html#ab40e6f0ea83870266be067b1d198fc21',1,'shoal']]],
  ['form_1',['form',['../structshoal_1_1datum.html#a7e9cf67199a52c09ed2b9684ab9b7ed2',1,'shoal::datum::form()'],['../structshoal_1_1field__key.html#a7e9cf67199a52c09ed2b9684ab9b7ed2',1,'shoal::field_key::form()'],['../structshoal_1_1registration__key.html#a7e9cf67199a52c09ed2b9684ab9b7ed2',1,'shoal::registration_key::form()']]]
];
