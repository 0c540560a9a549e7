var searchData=
[
  ['given_0',['given',['../structshoal_1_1descriptor.html#a582d3ba8fb9903a7d94d92e63dd985d0',1,'shoal::descriptor']]],
  ['given_5fbytes_1',['given_bytes',['../structshoal_1_1descriptor.html#a9afa39e02468429b02aaec01212ad7ad',1,'shoal::descriptor']]],
  ['granule_5fbytes_2',['granule_bytes',['../classshoal_1_1heap.html#a8282865475c7c3a658b1fa12abcc71ce',1,'shoal::heap']]],
  ['greatest_5fheader_3',['greatest_header',['../classshoal_1_1type__space.html#a2f762a8160aaea1809714584d604dddf',1,'shoal::type_space']]]
];
