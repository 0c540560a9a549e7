var searchData=
[
  ['wait_5fqueue_2ehpp_0',['wait_queue.hpp',['../wait__queue_8hpp.html',1,'']]],
  ['wait_5fword_2ehpp_1',['wait_word.hpp',['../wait__word_8hpp.html',1,'']]],
  ['what_2dmay_2dleak_2emd_2',['what-may-leak.md',['../page_docs_explanation_what_may_leak_md.html',1,'']]],
  ['why_2dper_2dagent_2emd_3',['why-per-agent.md',['../page_docs_explanation_why_per_agent_md.html',1,'']]]
];
