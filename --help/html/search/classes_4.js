var searchData=
[
  ['element_5fplace_0',['element_place',['../structshoal_1_1element__place.html',1,'shoal']]],
  ['elements_1',['elements',['../classshoal_1_1elements.html',1,'shoal']]],
  ['empty_5fhost_2',['empty_host',['../structshoal_1_1empty__host.html',1,'shoal']]],
  ['encoding_3',['encoding',['../structshoal_1_1encoding.html',1,'shoal']]],
  ['entered_4',['entered',['../classshoal_1_1entered.html',1,'shoal']]],
  ['error_5',['error',['../classshoal_1_1error.html',1,'shoal']]]
];
