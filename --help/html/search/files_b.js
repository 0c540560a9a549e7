var searchData=
[
  ['layout_2ehpp_0',['layout.hpp',['../layout_8hpp.html',1,'']]],
  ['local_2ehpp_1',['local.hpp',['../local_8hpp.html',1,'']]],
  ['local_5fcontext_2ehpp_2',['local_context.hpp',['../local__context_8hpp.html',1,'']]],
  ['local_5fspace_2ehpp_3',['local_space.hpp',['../local__space_8hpp.html',1,'']]],
  ['lock_2ehpp_4',['lock.hpp',['../lock_8hpp.html',1,'']]]
];
