var searchData=
[
  ['latin1_0',['latin1',['../namespaceshoal.html#a8624d53d2eb216798bd42b48b6e6298fa06cdd371b70fb74f961c0158daf6dded',1,'shoal']]],
  ['layout_5fmismatch_1',['layout_mismatch',['../namespaceshoal.html#a1f0187a7b32e615cb45a17aaebc565dba2b65a2a34243483bf5c6380eed6a41cd',1,'shoal']]],
  ['leaf_2',['leaf',['../structshoal_1_1graph__item.html#a846347d2e1c8b2450ba14a70dc2b6e02abab4ff04cc14af66e4d42c85f888cfe6',1,'shoal::graph_item']]],
  ['local_3',['local',['../structshoal_1_1datum.html#a7e9cf67199a52c09ed2b9684ab9b7ed2af5ddaf0ca7929578b408c909429f68f2',1,'shoal::datum::local()'],['../namespaceshoal.html#abcb619add2b995c1b27e57f4f319a534af5ddaf0ca7929578b408c909429f68f2',1,'shoal::local()']]]
];
