var searchData=
[
  ['realm_0',['realm',['../classshoal_1_1realm.html',1,'shoal']]],
  ['received_1',['received',['../classshoal_1_1received.html',1,'shoal']]],
  ['ref_5fword_2',['ref_word',['../structshoal_1_1ref__word.html',1,'shoal']]],
  ['reference_3',['reference',['../classshoal_1_1reference.html',1,'shoal']]],
  ['registration_5fkey_4',['registration_key',['../structshoal_1_1registration__key.html',1,'shoal']]],
  ['reserved_5ftable_5',['reserved_table',['../classshoal_1_1reserved__table.html',1,'shoal']]],
  ['reserved_5ftable_3c_20const_20shoal_3a_3acell_3c_20std_3a_3auint64_5ft_20_3e_20_3e_6',['reserved_table&lt; const shoal::cell&lt; std::uint64_t &gt; &gt;',['../classshoal_1_1reserved__table.html',1,'shoal']]],
  ['reserved_5ftable_3c_20shoal_3a_3acell_3c_20std_3a_3auint8_5ft_20_3e_20_3e_7',['reserved_table&lt; shoal::cell&lt; std::uint8_t &gt; &gt;',['../classshoal_1_1reserved__table.html',1,'shoal']]],
  ['reserved_5ftable_3c_20slot_5fword_20_3e_8',['reserved_table&lt; slot_word &gt;',['../classshoal_1_1reserved__table.html',1,'shoal']]],
  ['resolve_5fanswer_9',['resolve_answer',['../structshoal_1_1resolve__answer.html',1,'shoal']]],
  ['resolve_5frequest_10',['resolve_request',['../structshoal_1_1resolve__request.html',1,'shoal']]],
  ['resolving_11',['resolving',['../classshoal_1_1local__context_1_1resolving.html',1,'shoal::local_context']]],
  ['result_12',['result',['../classshoal_1_1result.html',1,'shoal']]],
  ['root_5fvisitor_13',['root_visitor',['../classshoal_1_1root__visitor.html',1,'shoal']]]
];
