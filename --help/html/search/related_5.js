var searchData=
[
  ['local_5fcontext_0',['local_context',['../classshoal_1_1local__context_1_1resolving.html#a847a7b7b99bad0f0d4efbbc115fd61f5',1,'shoal::local_context::resolving']]]
];
