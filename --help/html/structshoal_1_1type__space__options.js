var structshoal_1_1type__space__options =
[
    [ "memory", "structshoal_1_1type__space__options.html#adf562e7de3497f93984164b26c16a8aa", null ],
    [ "max_types", "structshoal_1_1type__space__options.html#ab659056c86de230dc4f816f959b8db16", null ],
    [ "header_bytes", "structshoal_1_1type__space__options.html#a4df50de48db27d31a20bc0ec1e3b561b", null ],
    [ "values", "structshoal_1_1type__space__options.html#a78aad38c83a55a910a149288c63856af", null ],
    [ "vec128", "structshoal_1_1type__space__options.html#a60e653a7d67d792b9fe19dae55c4691c", null ],
    [ "quiesce", "structshoal_1_1type__space__options.html#a4425a938bc143b835919430ab180c048", null ],
    [ "weak", "structshoal_1_1type__space__options.html#a5329e4da9c627bd145a17e91ee3fd214", null ]
];