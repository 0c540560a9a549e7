var searchData=
[
  ['generic_2ehpp_0',['generic.hpp',['../generic_8hpp.html',1,'']]],
  ['get_1',['get',['../classshoal_1_1agent.html#a5acc0ea3de8d4247cb2fa36dd51ac070',1,'shoal::agent::get(const reference &amp;object, const field &amp;where, order_constant&lt; O &gt; o={}) noexcept'],['../classshoal_1_1agent.html#a0f8accc41eaffd2f8d1101203d675428',1,'shoal::agent::get(const element_place &amp;place, order_constant&lt; O &gt; o={}) noexcept'],['../classshoal_1_1agent.html#a1132ad32f5ea6977bd1c9a6f6181143a',1,'shoal::agent::get(const agent_local &amp;slot) const noexcept'],['../classshoal_1_1attachment.html#a93fc9497e3ee1eddf348edca2b460e49',1,'shoal::attachment::get()'],['../classshoal_1_1payload.html#ae87f54c86b7e73ee0bcfa714d53c5604',1,'shoal::payload::get()'],['../classshoal_1_1handle.html#a2ef6a7d6c36519bfd0f6ac69b5913935',1,'shoal::handle::get()'],['../classshoal_1_1weak__handle.html#af5adffaf01cc066eff5ccd549639402c',1,'shoal::weak_handle::get()'],['../classshoal_1_1local.html#af5c68e2cc395fd98bb6fb584541505e7',1,'shoal::local::get()'],['../classshoal_1_1local__context.html#a53ac6ccef3caaa4eb15ded7f4de99927',1,'shoal::local_context::get()'],['../classshoal_1_1received.html#a85ec7b58d0d65f1aff96d8d3d158b929',1,'shoal::received::get()'],['../classshoal_1_1type.html#a36a6168d47144c7584b483599b11eb38',1,'shoal::type::get()']]],
  ['given_2',['given',['../structshoal_1_1descriptor.html#a582d3ba8fb9903a7d94d92e63dd985d0',1,'shoal::descriptor']]],
  ['given_5fbytes_3',['given_bytes',['../structshoal_1_1descriptor.html#a9afa39e02468429b02aaec01212ad7ad',1,'shoal::descriptor']]],
  ['glossary_4',['Glossary',['../page_docs_glossary_md.html',1,'']]],
  ['glossary_2emd_5',['glossary.md',['../page_docs_glossary_md.html',1,'']]],
  ['granule_5fbytes_6',['granule_bytes',['../classshoal_1_1heap.html#a8282865475c7c3a658b1fa12abcc71ce',1,'shoal::heap']]],
  ['graph_5fitem_7',['graph_item',['../structshoal_1_1graph__item.html',1,'shoal']]],
  ['graph_5fshape_8',['graph_shape',['../structshoal_1_1graph__shape.html',1,'shoal']]],
  ['greatest_5fheader_9',['greatest_header',['../classshoal_1_1type__space.html#a2f762a8160aaea1809714584d604dddf',1,'shoal::type_space']]],
  ['grown_10',['grown',['../namespaceshoal.html#afa53fb5aea17206d556dea7209244fc1ae72c4c72f739d5fffa9b7b09b3cdfb61',1,'shoal']]]
];
