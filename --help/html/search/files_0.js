var searchData=
[
  ['access_2ehpp_0',['access.hpp',['../access_8hpp.html',1,'']]],
  ['account_2ehpp_1',['account.hpp',['../account_8hpp.html',1,'']]],
  ['adopt_2dyour_2druntime_2emd_2',['adopt-your-runtime.md',['../page_docs_how_to_adopt_your_runtime_md.html',1,'']]],
  ['agent_2ehpp_3',['agent.hpp',['../agent_8hpp.html',1,'']]],
  ['agent_5fhooks_2ehpp_4',['agent_hooks.hpp',['../agent__hooks_8hpp.html',1,'']]],
  ['array_2ehpp_5',['array.hpp',['../array_8hpp.html',1,'']]],
  ['assert_2ehpp_6',['assert.hpp',['../assert_8hpp.html',1,'']]],
  ['atomic_5fproduct_2ehpp_7',['atomic_product.hpp',['../atomic__product_8hpp.html',1,'']]]
];
