var searchData=
[
  ['object_2ehpp_0',['object.hpp',['../object_8hpp.html',1,'']]],
  ['order_2ehpp_1',['order.hpp',['../order_8hpp.html',1,'']]]
];
