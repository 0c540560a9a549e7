var searchData=
[
  ['value_0',['value',['../classshoal_1_1result.html#afc7b82a377b483eddff76e25524044da',1,'shoal::result::value() &amp;noexcept'],['../classshoal_1_1result.html#af4ba1bc0672113f010a59d38388eba2e',1,'shoal::result::value() const &amp;noexcept'],['../classshoal_1_1result.html#a33b0dc269211541561374f131d2aa3d5',1,'shoal::result::value() &amp;&amp;noexcept']]],
  ['values_1',['values',['../classshoal_1_1type__space.html#aa44c6c4571013e1f13279e5788e7c8fb',1,'shoal::type_space']]],
  ['verify_2',['verify',['../classshoal_1_1heap.html#aac441d792ca482ce9bf3fa34bd0ea3d7',1,'shoal::heap']]],
  ['visit_3',['visit',['../classshoal_1_1root__visitor.html#a1b9081eb36f83898a1e4513ab8772ec3',1,'shoal::root_visitor']]],
  ['visit_5froots_4',['visit_roots',['../structshoal_1_1empty__host.html#a4e409a9f9c961e78071300954874a5f9',1,'shoal::empty_host']]],
  ['visit_5fvalue_5',['visit_value',['../classshoal_1_1root__visitor.html#afe06f6007148d45694e0e46068bf5f86',1,'shoal::root_visitor']]]
];
