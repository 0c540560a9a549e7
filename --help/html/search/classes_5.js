var searchData=
[
  ['field_0',['field',['../structshoal_1_1field.html',1,'shoal']]],
  ['field_5fentry_1',['field_entry',['../structshoal_1_1field__entry.html',1,'shoal']]],
  ['field_5fkey_2',['field_key',['../structshoal_1_1field__key.html',1,'shoal']]],
  ['field_5fspec_3',['field_spec',['../structshoal_1_1field__spec.html',1,'shoal']]],
  ['field_5fvalue_4',['field_value',['../structshoal_1_1field__value.html',1,'shoal']]]
];
