var searchData=
[
  ['data_0',['data',['../structshoal_1_1nan__box.html#a229a47cc38c71d4c17ea9ad2e7975f3b',1,'shoal::nan_box']]],
  ['dead_5fbytes_1',['dead_bytes',['../structshoal_1_1trace__statistics.html#a84aabfdbc6394eb85b251c4651b3c931',1,'shoal::trace_statistics']]],
  ['dead_5fobjects_2',['dead_objects',['../structshoal_1_1trace__statistics.html#a972567aac64d504819ffb45f59fbdad3',1,'shoal::trace_statistics']]],
  ['declaration_3',['declaration',['../structshoal_1_1registration__key.html#a50530674a9fca3e5eb5c8805b3e8a27e',1,'shoal::registration_key']]],
  ['default_5fmetadata_4',['default_metadata',['../namespaceshoal.html#a068b6ea683169cd538b66f0fbe8b9a43',1,'shoal']]],
  ['depth_5',['depth',['../structshoal_1_1limits.html#aebe3c14a7f432d93a36ebf725a214ad3',1,'shoal::limits::depth()'],['../structshoal_1_1descriptor.html#a3f756ed587723434bfe4adef4d8f3bfd',1,'shoal::descriptor::depth()']]],
  ['describe_6',['describe',['../structshoal_1_1agent__hooks.html#aa8ffdcf4ef3d86d699a6dcec0d74b30d',1,'shoal::agent_hooks']]],
  ['dispatches_7',['dispatches',['../structshoal_1_1cluster__account.html#a796ba6fcec41d7a58fada23fa7da099d',1,'shoal::cluster_account']]],
  ['double_5foffset_8',['double_offset',['../structshoal_1_1nan__box.html#a3270bf68fbcb6572116566ede44dedfe',1,'shoal::nan_box']]]
];
