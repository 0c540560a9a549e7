var searchData=
[
  ['value_2ehpp_0',['value.hpp',['../value_8hpp.html',1,'']]],
  ['vec128_2ehpp_1',['vec128.hpp',['../vec128_8hpp.html',1,'']]]
];
