var searchData=
[
  ['handle_2ehpp_0',['handle.hpp',['../handle_8hpp.html',1,'']]],
  ['handle_5fpool_2ehpp_1',['handle_pool.hpp',['../handle__pool_8hpp.html',1,'']]],
  ['hash_2ehpp_2',['hash.hpp',['../hash_8hpp.html',1,'']]],
  ['header_2ehpp_3',['header.hpp',['../header_8hpp.html',1,'']]],
  ['heap_2ehpp_4',['heap.hpp',['../heap_8hpp.html',1,'']]],
  ['heap_5fcontext_2ehpp_5',['heap_context.hpp',['../heap__context_8hpp.html',1,'']]],
  ['hooks_2ehpp_6',['hooks.hpp',['../hooks_8hpp.html',1,'']]],
  ['host_2ehpp_7',['host.hpp',['../host_8hpp.html',1,'']]]
];
