var host_8hpp =
[
    [ "shoal::host", "conceptshoal_1_1host.html", null ],
    [ "shoal::has_roots", "conceptshoal_1_1has__roots.html", null ],
    [ "shoal::has_tasks", "conceptshoal_1_1has__tasks.html", null ],
    [ "shoal::has_words", "conceptshoal_1_1has__words.html", null ],
    [ "hooks_of", "namespaceshoal.html#a4d506b0ab38b1105165ea4fc1fc3fa00", null ]
];