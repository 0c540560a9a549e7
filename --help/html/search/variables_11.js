var searchData=
[
  ['scope_5froots_0',['scope_roots',['../structshoal_1_1trace__statistics.html#abc13184be1a5753d2abd895f6153df93',1,'shoal::trace_statistics']]],
  ['scope_5fslots_1',['scope_slots',['../structshoal_1_1agent__account.html#a37bcb1d0ddca34d76bec79b2bdee6b3c',1,'shoal::agent_account']]],
  ['self_2',['self',['../structshoal_1_1agent__hooks.html#add843125b63b1afec9686fbaa3deb708',1,'shoal::agent_hooks::self()'],['../structshoal_1_1metadata__hook.html#add843125b63b1afec9686fbaa3deb708',1,'shoal::metadata_hook::self()'],['../structshoal_1_1page__supply.html#add843125b63b1afec9686fbaa3deb708',1,'shoal::page_supply::self()'],['../structshoal_1_1trace__hooks.html#add843125b63b1afec9686fbaa3deb708',1,'shoal::trace_hooks::self()'],['../structshoal_1_1local__hooks.html#add843125b63b1afec9686fbaa3deb708',1,'shoal::local_hooks::self()'],['../structshoal_1_1weak__hook.html#add843125b63b1afec9686fbaa3deb708',1,'shoal::weak_hook::self()'],['../structshoal_1_1quiesce__hook.html#add843125b63b1afec9686fbaa3deb708',1,'shoal::quiesce_hook::self()']]],
  ['seq_5fcst_3',['seq_cst',['../namespaceshoal.html#a0bf99c234ac7b8743f181b95a90c5932',1,'shoal']]],
  ['shared_5frealm_4',['shared_realm',['../structshoal_1_1agent__options.html#a6ac3ebc1500ec083cf9cb69799b644e2',1,'shoal::agent_options']]],
  ['size_5',['size',['../structshoal_1_1type__spec.html#a7f05fdfad8809e7cdb44cd06e982b919',1,'shoal::type_spec::size()'],['../structshoal_1_1descriptor.html#a7f05fdfad8809e7cdb44cd06e982b919',1,'shoal::descriptor::size()']]],
  ['slab_5fbytes_6',['slab_bytes',['../classshoal_1_1heap.html#a4045ef89afa4ca34c386db39ea812bea',1,'shoal::heap']]],
  ['slot_7',['slot',['../structshoal_1_1agent__local.html#aa45e05b5dcbdda226d6932442b8346a3',1,'shoal::agent_local']]],
  ['string_5ftag_8',['string_tag',['../structshoal_1_1nan__box.html#af269009c665b2054ad5b68fd438eb113',1,'shoal::nan_box']]],
  ['string_5funits_5foffset_9',['string_units_offset',['../namespaceshoal.html#aea0f244b7106488dba7a10694e3d741b',1,'shoal']]],
  ['structural_10',['structural',['../structshoal_1_1descriptor.html#a157937c58afe88ddc1893a5de6129b46',1,'shoal::descriptor']]],
  ['sum_11',['sum',['../structshoal_1_1cluster__account.html#acbb1ae3ac7fe5fc23026b3b08e70d775',1,'shoal::cluster_account']]]
];
