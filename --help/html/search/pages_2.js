var searchData=
[
  ['docs_0',['Docs',['../page_docs_readme_md.html',1,'']]],
  ['docs_2fexamples_2flua_2fatomics_2elua_1',['docs/examples/lua/atomics.lua',['../page_docs_examples_lua_atomics_lua.html',1,'sources']]],
  ['docs_2fexamples_2flua_2fbank_2elua_2',['docs/examples/lua/bank.lua',['../page_docs_examples_lua_bank_lua.html',1,'sources']]],
  ['docs_2fexamples_2flua_2fbehaviour_2elua_3',['docs/examples/lua/behaviour.lua',['../page_docs_examples_lua_behaviour_lua.html',1,'sources']]],
  ['docs_2fexamples_2flua_2ffirst_5fstruct_2elua_4',['docs/examples/lua/first_struct.lua',['../page_docs_examples_lua_first_struct_lua.html',1,'sources']]],
  ['docs_2fexamples_2flua_2fhandles_2elua_5',['docs/examples/lua/handles.lua',['../page_docs_examples_lua_handles_lua.html',1,'sources']]],
  ['docs_2fexamples_2flua_2fshape_2elua_6',['docs/examples/lua/shape.lua',['../page_docs_examples_lua_shape_lua.html',1,'sources']]],
  ['docs_2fexamples_2flua_2fshare_2elua_7',['docs/examples/lua/share.lua',['../page_docs_examples_lua_share_lua.html',1,'sources']]]
];
