var searchData=
[
  ['vec128_0',['vec128',['../structshoal_1_1vec128.html',1,'shoal']]],
  ['verify_5fresult_1',['verify_result',['../structshoal_1_1verify__result.html',1,'shoal']]]
];
