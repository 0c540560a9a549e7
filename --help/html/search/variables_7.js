var searchData=
[
  ['handle_5froots_0',['handle_roots',['../structshoal_1_1trace__statistics.html#ad6ae86da763a67041a6032fe3d3b7a69',1,'shoal::trace_statistics']]],
  ['handles_1',['handles',['../structshoal_1_1agent__account.html#a1162cece346ee9d0c48625e54f4a1bd9',1,'shoal::agent_account']]],
  ['has_5fpassed_2',['has_passed',['../structshoal_1_1quiesce__hook.html#a0751ad54a71d9be45fbd13cf95fa8547',1,'shoal::quiesce_hook']]],
  ['has_5freferences_3',['has_references',['../structshoal_1_1descriptor.html#afded916b4af20f4b085551c1574c5d04',1,'shoal::descriptor']]],
  ['header_5fbytes_4',['header_bytes',['../structshoal_1_1type__space__options.html#a4df50de48db27d31a20bc0ec1e3b561b',1,'shoal::type_space_options::header_bytes()'],['../namespaceshoal.html#a9df98c708eb193ca171231882b738168',1,'shoal::header_bytes()']]],
  ['heap_5fbytes_5freserved_5',['heap_bytes_reserved',['../structshoal_1_1cluster__account.html#aadd129d4ece8d58714a4e30f3a0d236e',1,'shoal::cluster_account']]],
  ['heap_5fbytes_5fused_6',['heap_bytes_used',['../structshoal_1_1cluster__account.html#a6f03c0866adae139a15ff3db65f1d171',1,'shoal::cluster_account']]],
  ['high_7',['high',['../structshoal_1_1vec128.html#a338860fbd525d49523c0e8bda00d4e7b',1,'shoal::vec128']]],
  ['hold_8',['hold',['../structshoal_1_1weak__hook.html#a46f5daa4b5b21ace2c2a761c76aa122b',1,'shoal::weak_hook']]],
  ['holder_9',['holder',['../structshoal_1_1verify__result.html#a5abaac727f9bfffa5ac073f2311ecbea',1,'shoal::verify_result']]],
  ['hooks_10',['hooks',['../structshoal_1_1agent__options.html#abb318192981fbf640f3292fdff1c79a3',1,'shoal::agent_options']]]
];
