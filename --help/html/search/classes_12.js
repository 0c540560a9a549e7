var searchData=
[
  ['trace_5fhooks_0',['trace_hooks',['../structshoal_1_1trace__hooks.html',1,'shoal']]],
  ['trace_5fstatistics_1',['trace_statistics',['../structshoal_1_1trace__statistics.html',1,'shoal']]],
  ['translated_2',['translated',['../classshoal_1_1translated.html',1,'shoal']]],
  ['type_3',['type',['../classshoal_1_1type.html',1,'shoal']]],
  ['type_5faccount_4',['type_account',['../structshoal_1_1type__account.html',1,'shoal']]],
  ['type_5fspace_5',['type_space',['../classshoal_1_1type__space.html',1,'shoal']]],
  ['type_5fspace_5foptions_6',['type_space_options',['../structshoal_1_1type__space__options.html',1,'shoal']]],
  ['type_5fspec_7',['type_spec',['../structshoal_1_1type__spec.html',1,'shoal']]],
  ['typed_5ffield_8',['typed_field',['../structshoal_1_1typed__field.html',1,'shoal']]]
];
