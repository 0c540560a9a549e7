var searchData=
[
  ['name_0',['name',['../structshoal_1_1field__key.html#a559aae3a7fdbb3dd9c919b528646f392',1,'shoal::field_key::name()'],['../structshoal_1_1behaviour.html#a559aae3a7fdbb3dd9c919b528646f392',1,'shoal::behaviour::name()'],['../structshoal_1_1descriptor.html#a559aae3a7fdbb3dd9c919b528646f392',1,'shoal::descriptor::name()'],['../structshoal_1_1registration__key.html#a559aae3a7fdbb3dd9c919b528646f392',1,'shoal::registration_key::name()'],['../structshoal_1_1type__spec.html#a559aae3a7fdbb3dd9c919b528646f392',1,'shoal::type_spec::name()'],['../structshoal_1_1array__spec.html#a559aae3a7fdbb3dd9c919b528646f392',1,'shoal::array_spec::name()'],['../structshoal_1_1type__account.html#a559aae3a7fdbb3dd9c919b528646f392',1,'shoal::type_account::name()']]],
  ['name_5fbytes_1',['name_bytes',['../structshoal_1_1limits.html#ac4f0ed8fb12f38053c9cc94a64abe548',1,'shoal::limits']]],
  ['name_5fmask_2',['name_mask',['../structshoal_1_1descriptor.html#ac525e4da9d258cb8f0d1a44d02539971',1,'shoal::descriptor']]],
  ['name_5ftable_3',['name_table',['../structshoal_1_1descriptor.html#a6164bcc664f57e900124a2d45aa3b666',1,'shoal::descriptor']]],
  ['natural_4',['natural',['../structshoal_1_1datum.html#aab63529f84d33b612dd48247db347866',1,'shoal::datum']]],
  ['never_5fquick_5',['never_quick',['../structshoal_1_1blueprint.html#a1e3b62c8dae2719c25522463c4a2b30d',1,'shoal::blueprint']]],
  ['no_5ffield_6',['no_field',['../classshoal_1_1error.html#af3538813344a9b1297f24c753c1818ea',1,'shoal::error']]],
  ['no_5fmemory_7',['no_memory',['../structshoal_1_1keyed__table_1_1inserted.html#aeff61a78376d66344978988c446e6c93',1,'shoal::keyed_table::inserted']]],
  ['node_8',['node',['../structshoal_1_1graph__item.html#a3e6f490c28e2d2c7c169f9d42e876490',1,'shoal::graph_item']]],
  ['null_9',['null',['../structshoal_1_1encoding.html#ad17fe9ed2a778077d3b2560722489764',1,'shoal::encoding::null()'],['../structshoal_1_1nan__box.html#a1505fb4a78a85ff809b300c1f045d214',1,'shoal::nan_box::null()']]],
  ['number_10',['number',['../structshoal_1_1datum.html#a01b4671c6b7cc8f831c951c000a37735',1,'shoal::datum::number()'],['../structshoal_1_1field__key.html#ab3bdc4c004c30610f8427191ada35557',1,'shoal::field_key::number()']]]
];
