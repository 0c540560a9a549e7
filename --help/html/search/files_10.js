var searchData=
[
  ['scope_2ehpp_0',['scope.hpp',['../scope_8hpp.html',1,'']]],
  ['scope_5fchain_2ehpp_1',['scope_chain.hpp',['../scope__chain_8hpp.html',1,'']]],
  ['share_5fgraph_2ehpp_2',['share_graph.hpp',['../share__graph_8hpp.html',1,'']]],
  ['shared_5fheap_2ehpp_3',['shared_heap.hpp',['../shared__heap_8hpp.html',1,'']]],
  ['shoal_2ehpp_4',['shoal.hpp',['../shoal_8hpp.html',1,'']]],
  ['sources_2emd_5',['sources.md',['../sources.html',1,'']]],
  ['spec_2ehpp_6',['spec.hpp',['../spec_8hpp.html',1,'']]],
  ['static_5flayout_2ehpp_7',['static_layout.hpp',['../static__layout_8hpp.html',1,'']]],
  ['string_2ehpp_8',['string.hpp',['../string_8hpp.html',1,'']]],
  ['sync_2ehpp_9',['sync.hpp',['../sync_8hpp.html',1,'']]]
];
