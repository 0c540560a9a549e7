var searchData=
[
  ['keyed_5ftable_2ehpp_0',['keyed_table.hpp',['../keyed__table_8hpp.html',1,'']]],
  ['kind_2ehpp_1',['kind.hpp',['../kind_8hpp.html',1,'']]]
];
