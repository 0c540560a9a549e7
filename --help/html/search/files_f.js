var searchData=
[
  ['readme_2emd_0',['README.md',['../page_benchmarks_results_readme_md.html',1,'(Global Namespace)'],['../page_docs_readme_md.html',1,'(Global Namespace)'],['../page_docs_reference_readme_md.html',1,'(Global Namespace)'],['../page_docs_tutorial_readme_md.html',1,'(Global Namespace)'],['../page_include_shoal_readme_md.html',1,'(Global Namespace)'],['../page_lib_lua_readme_md.html',1,'(Global Namespace)'],['../index.html',1,'(Global Namespace)']]],
  ['realm_2ehpp_1',['realm.hpp',['../realm_8hpp.html',1,'']]],
  ['record_2ehpp_2',['record.hpp',['../record_8hpp.html',1,'']]],
  ['reference_2ehpp_3',['reference.hpp',['../reference_8hpp.html',1,'']]],
  ['registration_5fkey_2ehpp_4',['registration_key.hpp',['../registration__key_8hpp.html',1,'']]],
  ['registry_2ehpp_5',['registry.hpp',['../registry_8hpp.html',1,'']]],
  ['result_2ehpp_6',['result.hpp',['../result_8hpp.html',1,'']]],
  ['ring_2ehpp_7',['ring.hpp',['../ring_8hpp.html',1,'']]]
];
