var searchData=
[
  ['page_5fsupply_0',['page_supply',['../structshoal_1_1page__supply.html',1,'shoal']]],
  ['parking_5flot_1',['parking_lot',['../classshoal_1_1parking__lot.html',1,'shoal']]],
  ['payload_2',['payload',['../classshoal_1_1payload.html',1,'shoal']]],
  ['payload_3c_20std_3a_3auint32_5ft_20_3e_3',['payload&lt; std::uint32_t &gt;',['../classshoal_1_1payload.html',1,'shoal']]],
  ['prototype_4',['prototype',['../classshoal_1_1prototype.html',1,'shoal']]]
];
