var searchData=
[
  ['tag_5fpair_0',['tag_pair',['../structshoal_1_1nan__box.html#aa303f699b84cbd758446b89735ba1a37',1,'shoal::nan_box']]],
  ['target_1',['target',['../structshoal_1_1verify__result.html#adeb3ee4bc6dc2b14c99e3827fc38f71a',1,'shoal::verify_result']]],
  ['thread_5fbound_2',['thread_bound',['../structshoal_1_1agent__account.html#a6f95dd42a915db1d1eb5e18881d87eff',1,'shoal::agent_account']]],
  ['thread_5fbound_5fbytes_3',['thread_bound_bytes',['../namespaceshoal.html#a4f531ff2e5e87b5121323d1044524fbc',1,'shoal']]],
  ['thread_5flocal_5ffunction_5fbytes_4',['thread_local_function_bytes',['../namespaceshoal.html#ab65159f6e25741227cf85bfdf88d50d0',1,'shoal']]],
  ['token_5',['token',['../structshoal_1_1parking__lot_1_1decision.html#a8a5d18d14c46023e806b845ddc10574d',1,'shoal::parking_lot::decision']]],
  ['truth_6',['truth',['../structshoal_1_1datum.html#a18cd5f0a5996b92c32d35dfa6dbf7e26',1,'shoal::datum']]],
  ['type_5fhandle_5fbytes_7',['type_handle_bytes',['../namespaceshoal.html#a59ad3b2f914c7072704a5343cc0c4e14',1,'shoal']]],
  ['type_5findex_8',['type_index',['../structshoal_1_1type__account.html#af1905880f99e24be65f000e9450db1be',1,'shoal::type_account::type_index()'],['../structshoal_1_1header.html#a81794db352a074b1afa1cfa7e44a4346',1,'shoal::header::type_index()'],['../structshoal_1_1blueprint.html#af1905880f99e24be65f000e9450db1be',1,'shoal::blueprint::type_index()']]],
  ['types_9',['types',['../structshoal_1_1cluster__account.html#ab74a965e66be23108105fdb7dbaf7c21',1,'shoal::cluster_account::types()'],['../structshoal_1_1heap__options.html#a40b8bed67db0357ebd567ec528c78e62',1,'shoal::heap_options::types()'],['../structshoal_1_1limits.html#a4283e1042cda99707527fe81254fbc3a',1,'shoal::limits::types()']]]
];
