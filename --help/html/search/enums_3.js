var searchData=
[
  ['kind_0',['kind',['../structshoal_1_1graph__item.html#a846347d2e1c8b2450ba14a70dc2b6e02',1,'shoal::graph_item::kind()'],['../structshoal_1_1resolve__answer.html#a846347d2e1c8b2450ba14a70dc2b6e02',1,'shoal::resolve_answer::kind()']]]
];
