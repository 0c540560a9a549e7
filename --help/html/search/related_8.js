var searchData=
[
  ['cluster_0',['cluster',['../classshoal_1_1agent.html#ac1a1cc53f7036def0b536659ff6e57a6',1,'shoal::agent']]],
  ['scope_1',['scope',['../classshoal_1_1local.html#a03cb966a669e3426ff8c3b282af16122',1,'shoal::local::scope()'],['../classshoal_1_1scope__chain.html#a03cb966a669e3426ff8c3b282af16122',1,'shoal::scope_chain::scope()']]],
  ['scope_5fchain_2',['scope_chain',['../classshoal_1_1heap__context.html#a170ec85a28258863b8f44a5db838b5d8',1,'shoal::heap_context::scope_chain()'],['../classshoal_1_1scope__mark.html#a170ec85a28258863b8f44a5db838b5d8',1,'shoal::scope_mark::scope_chain()']]]
];
