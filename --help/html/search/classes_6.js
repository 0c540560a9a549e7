var searchData=
[
  ['graph_5fitem_0',['graph_item',['../structshoal_1_1graph__item.html',1,'shoal']]],
  ['graph_5fshape_1',['graph_shape',['../structshoal_1_1graph__shape.html',1,'shoal']]]
];
