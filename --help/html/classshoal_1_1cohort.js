var classshoal_1_1cohort =
[
    [ "cohort", "classshoal_1_1cohort.html#acd138353c2c9943bbe5095b264e5423c", null ],
    [ "cohort", "classshoal_1_1cohort.html#a26304439364d1d8ed9fb416776f3fba6", null ],
    [ "~cohort", "classshoal_1_1cohort.html#af10874fe53aad099a25ba3299bd1a2fd", null ],
    [ "operator=", "classshoal_1_1cohort.html#a664ed24f920470cbebf9cd0d26936b25", null ],
    [ "register_struct", "classshoal_1_1cohort.html#ae369d4d07abff8fa6e941a5792f4f039", null ],
    [ "register_array", "classshoal_1_1cohort.html#ab590bf7c0a0eb08d1efd30eb40d20b54", null ],
    [ "find", "classshoal_1_1cohort.html#af7afadb764d5d6566f9dade6849db05d", null ],
    [ "space", "classshoal_1_1cohort.html#ad43fa504d735af92986d69290d15c4d1", null ],
    [ "count", "classshoal_1_1cohort.html#aa64dd125d9d0773975d3a46e90b317a8", null ],
    [ "bytes", "classshoal_1_1cohort.html#a699aa66522a58782b7281bacfaba2bd8", null ],
    [ "trim", "classshoal_1_1cohort.html#a3c5cfbff4c3c3263c562591d2b41902e", null ],
    [ "close", "classshoal_1_1cohort.html#a2ead8fad3dd09d3a8b03e6c948f14e46", null ]
];