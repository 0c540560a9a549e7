var searchData=
[
  ['pages_0',['pages',['../structshoal_1_1cluster__options.html#a63b4c1d7d354e98869d5f4f62c03d4db',1,'shoal::cluster_options::pages()'],['../structshoal_1_1heap__options.html#a63b4c1d7d354e98869d5f4f62c03d4db',1,'shoal::heap_options::pages()']]],
  ['parent_1',['parent',['../structshoal_1_1resolve__request.html#afd09ab28038bdf7238d12583a2d10e34',1,'shoal::resolve_request::parent()'],['../structshoal_1_1descriptor.html#afb70c20815b0a226e0b981dfb5a2e556',1,'shoal::descriptor::parent()']]],
  ['parked_2',['parked',['../structshoal_1_1agent__options.html#a46513caba00daefd5c47cd8bbb8731c5',1,'shoal::agent_options']]],
  ['payload_3',['payload',['../structshoal_1_1nan__box.html#aa4fd67d39a7638693bb6775f888bb6df',1,'shoal::nan_box']]],
  ['place_4',['place',['../structshoal_1_1registration__key.html#aaf3ec166a62ab9bde810fc99b83b08fc',1,'shoal::registration_key']]],
  ['post_5ftask_5',['post_task',['../structshoal_1_1agent__hooks.html#a52a6782238638eebc6bf05be81064b03',1,'shoal::agent_hooks']]],
  ['prototypes_6',['prototypes',['../structshoal_1_1agent__account.html#acf5202e1b6f94237236ba3c11f56c87d',1,'shoal::agent_account::prototypes()'],['../structshoal_1_1type__account.html#acf5202e1b6f94237236ba3c11f56c87d',1,'shoal::type_account::prototypes()']]]
];
