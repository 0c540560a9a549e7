var searchData=
[
  ['jemalloc_5fsupply_2ehpp_0',['jemalloc_supply.hpp',['../jemalloc__supply_8hpp.html',1,'']]]
];
