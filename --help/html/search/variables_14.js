var searchData=
[
  ['value_0',['value',['../structshoal_1_1order__constant.html#a773559912595a8d593944786f038fb2c',1,'shoal::order_constant']]],
  ['value_5f_1',['value_',['../classshoal_1_1result.html#ae496c0f6edafccdab7ef2e2b9d0c7e03',1,'shoal::result']]],
  ['values_2',['values',['../structshoal_1_1type__space__options.html#a78aad38c83a55a910a149288c63856af',1,'shoal::type_space_options']]],
  ['vec128_3',['vec128',['../structshoal_1_1type__space__options.html#a60e653a7d67d792b9fe19dae55c4691c',1,'shoal::type_space_options']]],
  ['vector_4',['vector',['../structshoal_1_1datum.html#a853441ff745d07d16e6eb3d2ce82f66d',1,'shoal::datum']]],
  ['version_5',['version',['../structshoal_1_1agent__options.html#a36f08fe961cffe82e5d1d6d8eefb66b5',1,'shoal::agent_options']]],
  ['visit_5froots_6',['visit_roots',['../structshoal_1_1agent__hooks.html#aaa0c55087bf390fe5d41787b4c93748a',1,'shoal::agent_hooks']]]
];
