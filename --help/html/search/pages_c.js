var searchData=
[
  ['shoal_0',['Shoal',['../index.html',1,'']]],
  ['shoal_20for_20lua_1',['Shoal for Lua',['../page_lib_lua_readme_md.html',1,'']]]
];
