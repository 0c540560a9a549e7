var searchData=
[
  ['identity_0',['identity',['../structshoal_1_1agent__account.html#a33c4e3bf9f201f0800317e7d418f0ded',1,'shoal::agent_account::identity()'],['../structshoal_1_1parking__lot_1_1chosen.html#a19dd2a40daae4382f2a04640a1f890d6',1,'shoal::parking_lot::chosen::identity()']]],
  ['index_1',['index',['../structshoal_1_1descriptor.html#a922cf6700119c1c2a74adac76a146ddd',1,'shoal::descriptor']]],
  ['initial_2',['initial',['../structshoal_1_1agent__local.html#a8c5a64716b5399a21e904485097a2eb7',1,'shoal::agent_local']]],
  ['instance_5fbytes_3',['instance_bytes',['../structshoal_1_1limits.html#acd9a3a78f6b84ed593e3a0d5633fc6e6',1,'shoal::limits']]],
  ['int32_5ftag_4',['int32_tag',['../structshoal_1_1nan__box.html#a5a035513d013979ffeb0617a4984d32f',1,'shoal::nan_box']]],
  ['integer_5',['integer',['../structshoal_1_1datum.html#aee4b4886f8f79fb83892ee006a274487',1,'shoal::datum']]],
  ['interned_5fstrings_6',['interned_strings',['../structshoal_1_1cluster__account.html#a78d549ea7aa3e406245c79d1c4a56bf5',1,'shoal::cluster_account']]],
  ['is_5fnew_7',['is_new',['../structshoal_1_1keyed__table_1_1inserted.html#a02e9f7b8108aedf00be260acf95383de',1,'shoal::keyed_table::inserted']]]
];
