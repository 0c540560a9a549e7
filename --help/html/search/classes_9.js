var searchData=
[
  ['keyed_5ftable_0',['keyed_table',['../classshoal_1_1keyed__table.html',1,'shoal']]],
  ['keyed_5ftable_3c_20header_20_3e_1',['keyed_table&lt; header &gt;',['../classshoal_1_1keyed__table.html',1,'shoal']]]
];
