var searchData=
[
  ['base_2ehpp_0',['base.hpp',['../base_8hpp.html',1,'']]],
  ['block_2ehpp_1',['block.hpp',['../block_8hpp.html',1,'']]],
  ['bound_5fbody_2ehpp_2',['bound_body.hpp',['../bound__body_8hpp.html',1,'']]]
];
