var concepts =
[
    [ "shoal", "namespaceshoal.html", [
      [ "value_encoding", "conceptshoal_1_1value__encoding.html", null ],
      [ "host", "conceptshoal_1_1host.html", null ],
      [ "has_roots", "conceptshoal_1_1has__roots.html", null ],
      [ "has_tasks", "conceptshoal_1_1has__tasks.html", null ],
      [ "has_words", "conceptshoal_1_1has__words.html", null ],
      [ "graph_source", "conceptshoal_1_1graph__source.html", null ],
      [ "word_translation", "conceptshoal_1_1word__translation.html", null ],
      [ "store_guard", "conceptshoal_1_1store__guard.html", null ]
    ] ]
];