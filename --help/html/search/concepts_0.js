var searchData=
[
  ['graph_5fsource_0',['graph_source',['../conceptshoal_1_1graph__source.html',1,'shoal']]],
  ['has_5froots_1',['has_roots',['../conceptshoal_1_1has__roots.html',1,'shoal']]],
  ['has_5ftasks_2',['has_tasks',['../conceptshoal_1_1has__tasks.html',1,'shoal']]],
  ['has_5fwords_3',['has_words',['../conceptshoal_1_1has__words.html',1,'shoal']]],
  ['host_4',['host',['../conceptshoal_1_1host.html',1,'shoal']]],
  ['store_5fguard_5',['store_guard',['../conceptshoal_1_1store__guard.html',1,'shoal']]],
  ['value_5fencoding_6',['value_encoding',['../conceptshoal_1_1value__encoding.html',1,'shoal']]],
  ['word_5ftranslation_7',['word_translation',['../conceptshoal_1_1word__translation.html',1,'shoal']]]
];
