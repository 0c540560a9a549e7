var searchData=
[
  ['order_5fconstant_0',['order_constant',['../structshoal_1_1order__constant.html',1,'shoal']]]
];
