var searchData=
[
  ['entered_0',['entered',['../classshoal_1_1agent.html#a6c466b0548c30560a27f6bc58beb05e9',1,'shoal::agent']]]
];
