var searchData=
[
  ['how_20to_20look_20at_20shared_20objects_20in_20gdb_0',['How to look at shared objects in gdb',['../page_docs_how_to_debug_md.html',1,'']]],
  ['how_20to_20use_20shoal_20from_20lua_1',['How to use Shoal from Lua',['../page_docs_how_to_from_lua_md.html',1,'']]]
];
