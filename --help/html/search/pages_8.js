var searchData=
[
  ['lib_2flua_2fdemo_2findex_2elua_0',['lib/lua/demo/index.lua',['../page_lib_lua_demo_index_lua.html',1,'sources']]],
  ['lib_2fshoal_2fagent_2fagent_2ecpp_1',['lib/shoal/agent/agent.cpp',['../page_lib_shoal_agent_agent_cpp.html',1,'sources']]],
  ['lib_2fshoal_2fagent_2fcluster_2ecpp_2',['lib/shoal/agent/cluster.cpp',['../page_lib_shoal_agent_cluster_cpp.html',1,'sources']]],
  ['lib_2fshoal_2fagent_2fdispatch_2ecpp_3',['lib/shoal/agent/dispatch.cpp',['../page_lib_shoal_agent_dispatch_cpp.html',1,'sources']]],
  ['lib_2fshoal_2fagent_2fslot_2ehpp_4',['lib/shoal/agent/slot.hpp',['../page_lib_shoal_agent_slot_hpp.html',1,'sources']]],
  ['lib_2fshoal_2fheap_2fhandle_5fpool_2ecpp_5',['lib/shoal/heap/handle_pool.cpp',['../page_lib_shoal_heap_handle_pool_cpp.html',1,'sources']]],
  ['lib_2fshoal_2fheap_2fheap_2ecpp_6',['lib/shoal/heap/heap.cpp',['../page_lib_shoal_heap_heap_cpp.html',1,'sources']]],
  ['lib_2fshoal_2fheap_2fheap_5fcontext_2ecpp_7',['lib/shoal/heap/heap_context.cpp',['../page_lib_shoal_heap_heap_context_cpp.html',1,'sources']]],
  ['lib_2fshoal_2fheap_2fspace_2ehpp_8',['lib/shoal/heap/space.hpp',['../page_lib_shoal_heap_space_hpp.html',1,'sources']]],
  ['lib_2fshoal_2fheap_2ftracer_2ecpp_9',['lib/shoal/heap/tracer.cpp',['../page_lib_shoal_heap_tracer_cpp.html',1,'sources']]],
  ['lib_2fshoal_2fsync_2fcondition_2ecpp_10',['lib/shoal/sync/condition.cpp',['../page_lib_shoal_sync_condition_cpp.html',1,'sources']]],
  ['lib_2fshoal_2fsync_2fmailbox_2ecpp_11',['lib/shoal/sync/mailbox.cpp',['../page_lib_shoal_sync_mailbox_cpp.html',1,'sources']]],
  ['lib_2fshoal_2fsync_2fmutex_2ecpp_12',['lib/shoal/sync/mutex.cpp',['../page_lib_shoal_sync_mutex_cpp.html',1,'sources']]],
  ['lib_2fshoal_2fsync_2fparking_5flot_2ecpp_13',['lib/shoal/sync/parking_lot.cpp',['../page_lib_shoal_sync_parking_lot_cpp.html',1,'sources']]]
];
