var searchData=
[
  ['fence_2ehpp_0',['fence.hpp',['../fence_8hpp.html',1,'']]],
  ['figures_2emd_1',['figures.md',['../page_docs_reference_figures_md.html',1,'']]],
  ['from_2dlua_2emd_2',['from-lua.md',['../page_docs_how_to_from_lua_md.html',1,'']]]
];
