var searchData=
[
  ['safepoint_5fclock_0',['safepoint_clock',['../classshoal_1_1safepoint__clock.html',1,'shoal']]],
  ['scope_1',['scope',['../classshoal_1_1scope.html',1,'shoal']]],
  ['scope_5fchain_2',['scope_chain',['../classshoal_1_1scope__chain.html',1,'shoal']]],
  ['scope_5fmark_3',['scope_mark',['../classshoal_1_1scope__mark.html',1,'shoal']]],
  ['shoal_5fheader_4',['shoal_header',['../structshoal_1_1shoal__header.html',1,'shoal']]],
  ['spec_5flist_5',['spec_list',['../classshoal_1_1spec__list.html',1,'shoal']]],
  ['spec_5flist_3c_20field_5fspec_20_3e_6',['spec_list&lt; field_spec &gt;',['../classshoal_1_1spec__list.html',1,'shoal']]],
  ['spec_5flist_3c_20shoal_3a_3abehaviour_20_3e_7',['spec_list&lt; shoal::behaviour &gt;',['../classshoal_1_1spec__list.html',1,'shoal']]],
  ['string_5fview_8',['string_view',['../classshoal_1_1string__view.html',1,'shoal']]],
  ['struct_5flayout_9',['struct_layout',['../structshoal_1_1struct__layout.html',1,'shoal']]]
];
