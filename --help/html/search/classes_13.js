var searchData=
[
  ['unbarriered_0',['unbarriered',['../structshoal_1_1unbarriered.html',1,'shoal']]],
  ['unlock_5ftoken_1',['unlock_token',['../classshoal_1_1unlock__token.html',1,'shoal']]]
];
