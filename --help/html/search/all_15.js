var searchData=
[
  ['v128_0',['v128',['../namespaceshoal.html#ab40e6f0ea83870266be067b1d198fc21a149699e0ffa3e53567c66b3844892cb2',1,'shoal']]],
  ['value_1',['value',['../namespaceshoal.html#a6c14c8841b352cea8f65037ccaf6a774',1,'shoal::value()'],['../classshoal_1_1translated.html#aeb5613aa14720be2aff2499f5a59544e',1,'shoal::translated::value()'],['../structshoal_1_1order__constant.html#a773559912595a8d593944786f038fb2c',1,'shoal::order_constant::value()'],['../classshoal_1_1result.html#afc7b82a377b483eddff76e25524044da',1,'shoal::result::value() &amp;noexcept'],['../classshoal_1_1result.html#af4ba1bc0672113f010a59d38388eba2e',1,'shoal::result::value() const &amp;noexcept'],['../classshoal_1_1result.html#a33b0dc269211541561374f131d2aa3d5',1,'shoal::result::value() &amp;&amp;noexcept']]],
  ['value_2ehpp_2',['value.hpp',['../value_8hpp.html',1,'']]],
  ['value_5f_3',['value_',['../classshoal_1_1result.html#ae496c0f6edafccdab7ef2e2b9d0c7e03',1,'shoal::result']]],
  ['value_5fkind_4',['value_kind',['../namespaceshoal.html#abcb619add2b995c1b27e57f4f319a534',1,'shoal']]],
  ['values_5',['values',['../structshoal_1_1type__space__options.html#a78aad38c83a55a910a149288c63856af',1,'shoal::type_space_options::values()'],['../classshoal_1_1type__space.html#aa44c6c4571013e1f13279e5788e7c8fb',1,'shoal::type_space::values()']]],
  ['vec128_6',['vec128',['../structshoal_1_1vec128.html',1,'vec128'],['../structshoal_1_1type__space__options.html#a60e653a7d67d792b9fe19dae55c4691c',1,'shoal::type_space_options::vec128()']]],
  ['vec128_2ehpp_7',['vec128.hpp',['../vec128_8hpp.html',1,'']]],
  ['vector_8',['vector',['../structshoal_1_1datum.html#a853441ff745d07d16e6eb3d2ce82f66d',1,'shoal::datum::vector()'],['../structshoal_1_1datum.html#a7e9cf67199a52c09ed2b9684ab9b7ed2a6ba8844da718b4a65f60dbfd0d92d6ef',1,'shoal::datum::vector()']]],
  ['verify_9',['verify',['../classshoal_1_1heap.html#aac441d792ca482ce9bf3fa34bd0ea3d7',1,'shoal::heap']]],
  ['verify_5fresult_10',['verify_result',['../structshoal_1_1verify__result.html',1,'shoal']]],
  ['version_11',['version',['../structshoal_1_1agent__options.html#a36f08fe961cffe82e5d1d6d8eefb66b5',1,'shoal::agent_options']]],
  ['version_5fmismatch_12',['version_mismatch',['../namespaceshoal.html#a1f0187a7b32e615cb45a17aaebc565dbad38e11e056acf4b000c0551047b7171a',1,'shoal']]],
  ['visit_13',['visit',['../classshoal_1_1root__visitor.html#a1b9081eb36f83898a1e4513ab8772ec3',1,'shoal::root_visitor']]],
  ['visit_5froots_14',['visit_roots',['../structshoal_1_1empty__host.html#a4e409a9f9c961e78071300954874a5f9',1,'shoal::empty_host::visit_roots()'],['../structshoal_1_1agent__hooks.html#aaa0c55087bf390fe5d41787b4c93748a',1,'shoal::agent_hooks::visit_roots()']]],
  ['visit_5fvalue_15',['visit_value',['../classshoal_1_1root__visitor.html#afe06f6007148d45694e0e46068bf5f86',1,'shoal::root_visitor']]]
];
