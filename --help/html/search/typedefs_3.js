var searchData=
[
  ['options_0',['options',['../classshoal_1_1heap.html#a8dda03f672521536ed04a9d5e7cf6c1f',1,'shoal::heap']]]
];
