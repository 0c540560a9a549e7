var searchData=
[
  ['fair_0',['fair',['../structshoal_1_1parking__lot_1_1chosen.html#a209772245fc09d77533856fd84cdc646',1,'shoal::parking_lot::chosen::fair()'],['../structshoal_1_1parking__lot_1_1decision.html#a209772245fc09d77533856fd84cdc646',1,'shoal::parking_lot::decision::fair()']]],
  ['field_5fcount_1',['field_count',['../structshoal_1_1descriptor.html#afdd8e9ee108ec8f77a3ec84c2682cd30',1,'shoal::descriptor']]],
  ['field_5fkind_5fcount_2',['field_kind_count',['../namespaceshoal.html#a8136eac2e325ac0b735bab58dc193765',1,'shoal']]],
  ['fields_3',['fields',['../structshoal_1_1limits.html#a36474ec995e39a6b6396a5eba1bfb9e6',1,'shoal::limits::fields()'],['../structshoal_1_1descriptor.html#a08b32ea27a89fa74cee9894f6112fa3b',1,'shoal::descriptor::fields()'],['../structshoal_1_1type__spec.html#a40f73e5aba73acef3fade9dd0e77d348',1,'shoal::type_spec::fields()'],['../structshoal_1_1struct__layout.html#a3c732eb44ee3de3856145e4cfd2b4d28',1,'shoal::struct_layout::fields()']]],
  ['forked_4',['forked',['../structshoal_1_1cluster__extension.html#ac78bf24cfc5616cb87f91451950cacdc',1,'shoal::cluster_extension']]]
];
