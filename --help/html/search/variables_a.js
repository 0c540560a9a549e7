var searchData=
[
  ['large_5fbytes_0',['large_bytes',['../classshoal_1_1heap.html#a0141eaeb262460407a08b309bccfd016',1,'shoal::heap']]],
  ['last_5ferrc_1',['last_errc',['../namespaceshoal.html#acdec11fd29173fe680fe86ab79acaef8',1,'shoal']]],
  ['layout_5fhash_2',['layout_hash',['../structshoal_1_1descriptor.html#a7f9c1c172e8f41d7dd083a2aa74e6f4c',1,'shoal::descriptor']]],
  ['layout_5fversion_3',['layout_version',['../namespaceshoal.html#a63b8ed2ba639057d2664e06f32046acc',1,'shoal']]],
  ['leaf_4',['leaf',['../structshoal_1_1graph__item.html#a419b7d6734d250ee5caf32ab78295b01',1,'shoal::graph_item']]],
  ['left_5',['left',['../structshoal_1_1cluster__extension.html#afcd45fad9bc19768aadb1d0867f34150',1,'shoal::cluster_extension']]],
  ['length_6',['length',['../structshoal_1_1graph__shape.html#a6bc1ca1fdc41488a39687de39d9c3f5f',1,'shoal::graph_shape']]],
  ['limit_7',['limit',['../structshoal_1_1cluster__options.html#ad34d963402087f3d8e4c75c0d68028bd',1,'shoal::cluster_options::limit()'],['../structshoal_1_1heap__options.html#ad34d963402087f3d8e4c75c0d68028bd',1,'shoal::heap_options::limit()']]],
  ['line_8',['line',['../structshoal_1_1registration__key.html#ad0eb67cb8772e432d9e4d79b2fbe75ce',1,'shoal::registration_key']]],
  ['live_5fbytes_9',['live_bytes',['../structshoal_1_1trace__statistics.html#ac88dde3e2d8d3734b00be2dc7f50ee07',1,'shoal::trace_statistics']]],
  ['live_5fobjects_10',['live_objects',['../structshoal_1_1trace__statistics.html#a569296713545df10072430f658699901',1,'shoal::trace_statistics']]],
  ['local_5ftag_11',['local_tag',['../structshoal_1_1nan__box.html#ad24acb29d0dea2f9218d5c2415aa9877',1,'shoal::nan_box']]],
  ['longest_5fshort_5farray_12',['longest_short_array',['../namespaceshoal.html#aaf7088dfde193697c3580745ed5cf4f3',1,'shoal']]],
  ['low_13',['low',['../structshoal_1_1vec128.html#a95444e3ad1b824c91298fc8486f8c203',1,'shoal::vec128']]]
];
