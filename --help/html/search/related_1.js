var searchData=
[
  ['blocked_5fregion_0',['blocked_region',['../classshoal_1_1agent.html#abd57fcf0e89370997a061478e104b86a',1,'shoal::agent']]]
];
