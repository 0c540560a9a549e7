var searchData=
[
  ['encoding_5ftype_0',['encoding_type',['../classshoal_1_1basic__value.html#a2d88a199415bb9c2c366cd38ff683c70',1,'shoal::basic_value']]]
];
