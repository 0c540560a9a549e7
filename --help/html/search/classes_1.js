var searchData=
[
  ['basic_5fvalue_0',['basic_value',['../classshoal_1_1basic__value.html',1,'shoal']]],
  ['behaviour_1',['behaviour',['../structshoal_1_1behaviour.html',1,'shoal']]],
  ['blocked_5fregion_2',['blocked_region',['../classshoal_1_1blocked__region.html',1,'shoal']]],
  ['blueprint_3',['blueprint',['../structshoal_1_1blueprint.html',1,'shoal']]],
  ['buffer_4',['buffer',['../classshoal_1_1buffer.html',1,'shoal']]],
  ['buffer_3c_20bound_5ftarget_20_3e_5',['buffer&lt; bound_target &gt;',['../classshoal_1_1buffer.html',1,'shoal']]],
  ['buffer_3c_20char_20_3e_6',['buffer&lt; char &gt;',['../classshoal_1_1buffer.html',1,'shoal']]],
  ['buffer_3c_20refused_5ftype_20_3e_7',['buffer&lt; refused_type &gt;',['../classshoal_1_1buffer.html',1,'shoal']]],
  ['builtin_8',['builtin',['../structshoal_1_1builtin.html',1,'shoal']]]
];
