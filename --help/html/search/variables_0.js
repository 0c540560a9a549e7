var searchData=
[
  ['acq_5frel_0',['acq_rel',['../namespaceshoal.html#ae14c06e88aa3bb4e309325a7e6a57c2a',1,'shoal']]],
  ['acquire_1',['acquire',['../namespaceshoal.html#a60191041fa74aa7790c421abef7fd266',1,'shoal']]],
  ['address_2',['address',['../structshoal_1_1element__place.html#ab96816d317aa5196e2ef198d9a8d621b',1,'shoal::element_place']]],
  ['address_5fmask_3',['address_mask',['../structshoal_1_1encoding.html#aaf55f754495e03f541411edcd1bc69eb',1,'shoal::encoding']]],
  ['agent_5flocals_4',['agent_locals',['../structshoal_1_1agent__account.html#aee1fe7ea88dc6d14a8199b206a73dad5',1,'shoal::agent_account::agent_locals()'],['../structshoal_1_1limits.html#a5bdcbdcf1766b5a29020622d308c1926',1,'shoal::limits::agent_locals()']]],
  ['agents_5',['agents',['../structshoal_1_1cluster__account.html#a3c6bc3343788c92c37ad41a9c25e4f01',1,'shoal::cluster_account']]],
  ['all_6',['all',['../structshoal_1_1condition.html#a94cfbabb87144d6c7aba4ce2a66bbd64',1,'shoal::condition::all()'],['../structshoal_1_1wait__queue.html#a94cfbabb87144d6c7aba4ce2a66bbd64',1,'shoal::wait_queue::all()']]],
  ['allocate_7',['allocate',['../structshoal_1_1metadata__hook.html#aa185a5f579f92e8bf00120cae3a6a3d6',1,'shoal::metadata_hook::allocate()'],['../structshoal_1_1page__supply.html#aa185a5f579f92e8bf00120cae3a6a3d6',1,'shoal::page_supply::allocate()']]],
  ['ancestors_8',['ancestors',['../structshoal_1_1descriptor.html#acb5f5d22379374bd73c7e42cb4391eb8',1,'shoal::descriptor']]]
];
