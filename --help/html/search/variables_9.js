var searchData=
[
  ['key_0',['key',['../structshoal_1_1field__entry.html#ad832c94388b6c91d2ffe3f77008af6b5',1,'shoal::field_entry::key()'],['../structshoal_1_1field__spec.html#ad832c94388b6c91d2ffe3f77008af6b5',1,'shoal::field_spec::key()']]],
  ['kind_1',['kind',['../structshoal_1_1field.html#aea96af324d30abf35fb4f02de8a58be1',1,'shoal::field::kind()'],['../structshoal_1_1field__spec.html#aea96af324d30abf35fb4f02de8a58be1',1,'shoal::field_spec::kind()']]],
  ['kind_5fof_5ftype_2',['kind_of_type',['../namespaceshoal.html#a628610f3a7b88d0032db6a0b49cf24ea',1,'shoal']]]
];
