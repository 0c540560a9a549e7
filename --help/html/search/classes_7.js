var searchData=
[
  ['handle_0',['handle',['../classshoal_1_1handle.html',1,'shoal']]],
  ['header_1',['header',['../structshoal_1_1header.html',1,'shoal']]],
  ['heap_2',['heap',['../classshoal_1_1heap.html',1,'shoal']]],
  ['heap_5fcontext_3',['heap_context',['../classshoal_1_1heap__context.html',1,'shoal']]],
  ['heap_5foptions_4',['heap_options',['../structshoal_1_1heap__options.html',1,'shoal']]]
];
