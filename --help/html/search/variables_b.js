var searchData=
[
  ['mailbox_5fvalues_0',['mailbox_values',['../structshoal_1_1limits.html#a403fd1b5c5ca05a789b645edc73fab85',1,'shoal::limits']]],
  ['max_5ftypes_1',['max_types',['../structshoal_1_1cluster__options.html#ab659056c86de230dc4f816f959b8db16',1,'shoal::cluster_options::max_types()'],['../structshoal_1_1type__space__options.html#ab659056c86de230dc4f816f959b8db16',1,'shoal::type_space_options::max_types()']]],
  ['may_5fblock_2',['may_block',['../structshoal_1_1agent__options.html#a40a289d5c46f6723cb2d6ae1ad4e47e8',1,'shoal::agent_options']]],
  ['may_5fnest_3',['may_nest',['../structshoal_1_1agent__options.html#ac4230ce090399c0025b43f8a589e2327',1,'shoal::agent_options']]],
  ['memory_4',['memory',['../structshoal_1_1type__space__options.html#adf562e7de3497f93984164b26c16a8aa',1,'shoal::type_space_options']]],
  ['metadata_5',['metadata',['../structshoal_1_1cluster__options.html#a610861874cdbce6903853e7c591f4e8e',1,'shoal::cluster_options::metadata()'],['../structshoal_1_1heap__options.html#a610861874cdbce6903853e7c591f4e8e',1,'shoal::heap_options::metadata()']]],
  ['more_6',['more',['../structshoal_1_1parking__lot_1_1chosen.html#a462318a97be8f41d7970bd97f3276852',1,'shoal::parking_lot::chosen']]],
  ['mutex_5fbytes_7',['mutex_bytes',['../namespaceshoal.html#a09a64dd26149f2a33014b2bbaad320ce',1,'shoal']]]
];
