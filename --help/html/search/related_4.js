var searchData=
[
  ['heap_0',['heap',['../classshoal_1_1heap__context.html#aedba90f0795286998430c5279f60fede',1,'shoal::heap_context']]],
  ['heap_5fcontext_1',['heap_context',['../classshoal_1_1scope__chain.html#a63289e41998f7c3d6e2d934018a88ed2',1,'shoal::scope_chain::heap_context()'],['../classshoal_1_1heap.html#a63289e41998f7c3d6e2d934018a88ed2',1,'shoal::heap::heap_context()']]]
];
