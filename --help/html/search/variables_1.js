var searchData=
[
  ['behaviour_0',['behaviour',['../structshoal_1_1resolve__request.html#a58ceb75ac31263e71a5c13973ca2a574',1,'shoal::resolve_request']]],
  ['behaviour_5fcount_1',['behaviour_count',['../structshoal_1_1descriptor.html#a355c3c77f9718d840b2ede8a89132f42',1,'shoal::descriptor']]],
  ['behaviours_2',['behaviours',['../structshoal_1_1descriptor.html#a1324e921df1d957faaa7fe92543c4320',1,'shoal::descriptor::behaviours()'],['../structshoal_1_1type__spec.html#a6b202cdc28ae54903f9b8692128afcdf',1,'shoal::type_spec::behaviours()']]],
  ['bits_3',['bits',['../structshoal_1_1any__word.html#a4f14c60fd46c6f30506da8708d15bde9',1,'shoal::any_word::bits()'],['../structshoal_1_1ref__word.html#a4f14c60fd46c6f30506da8708d15bde9',1,'shoal::ref_word::bits()']]],
  ['block_4',['block',['../structshoal_1_1descriptor.html#ad9dc995b581e61d5b3a7f92a0a600526',1,'shoal::descriptor']]],
  ['block_5fbytes_5',['block_bytes',['../classshoal_1_1heap.html#abecc0b61466cf478bbaebd70de239dc8',1,'shoal::heap::block_bytes()'],['../structshoal_1_1descriptor.html#a7e8f55e74151f917fa9b92c9d846f2c7',1,'shoal::descriptor::block_bytes()']]],
  ['boxed_5finteger_5fbytes_6',['boxed_integer_bytes',['../namespaceshoal.html#a9ed331d9bccb05ffe0006e2fd9d3a9fb',1,'shoal']]],
  ['broken_7',['broken',['../structshoal_1_1verify__result.html#abf8bbb5af1674dfb55c02d0372fcd625',1,'shoal::verify_result']]],
  ['bulk_5fslice_8',['bulk_slice',['../namespaceshoal.html#a6634e1efec63bf4dad8672c4a68198c7',1,'shoal']]],
  ['bytes_9',['bytes',['../structshoal_1_1type__account.html#a3a00ca04c0ed87681f126e891122e276',1,'shoal::type_account::bytes()'],['../structshoal_1_1verify__result.html#a3a00ca04c0ed87681f126e891122e276',1,'shoal::verify_result::bytes()']]],
  ['bytes_5fallocated_10',['bytes_allocated',['../structshoal_1_1agent__account.html#a30b908c8f33e36b426d2363f65ae8431',1,'shoal::agent_account']]]
];
