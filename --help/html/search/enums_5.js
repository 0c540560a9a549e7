var searchData=
[
  ['park_5fresult_0',['park_result',['../namespaceshoal.html#a75cc6bb36d123cb1339d1b1932d3d958',1,'shoal']]],
  ['passage_1',['passage',['../classshoal_1_1parking__lot.html#a0b6b29bdb449c81f8a0854a58f4f7dd9',1,'shoal::parking_lot']]]
];
