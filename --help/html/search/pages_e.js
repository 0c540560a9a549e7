var searchData=
[
  ['what_20an_20order_20buys_0',['What an order buys',['../page_docs_explanation_memory_model_md.html',1,'']]],
  ['what_20may_20leak_1',['What may leak',['../page_docs_explanation_what_may_leak_md.html',1,'']]],
  ['why_20prototypes_20are_20per_20agent_2',['Why prototypes are per agent',['../page_docs_explanation_why_per_agent_md.html',1,'']]]
];
