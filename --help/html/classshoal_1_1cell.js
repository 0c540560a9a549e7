var classshoal_1_1cell =
[
    [ "cell", "classshoal_1_1cell.html#ab86eb20a9554607c0bc7786018c9dc7b", null ],
    [ "cell", "classshoal_1_1cell.html#a796aeffad7cd5a6ba6c43973bec74bad", null ],
    [ "cell", "classshoal_1_1cell.html#a7df58eeafef9f8f5fbee677bede04f75", null ],
    [ "operator=", "classshoal_1_1cell.html#a90313c0be86f2589e8036294f002c830", null ],
    [ "initialize", "classshoal_1_1cell.html#a26e29165acc3418cc8cb486075cb01cf", null ],
    [ "load", "classshoal_1_1cell.html#aa056e8dac097f76bd7a18c5fde85f39c", null ],
    [ "store", "classshoal_1_1cell.html#aa91fb208248d2af0c1cd52cfe622d91b", null ],
    [ "exchange", "classshoal_1_1cell.html#a3de3fd22581a93408d3625225a4a4cda", null ],
    [ "compare_exchange", "classshoal_1_1cell.html#a66e711cdb075a64c45e3602f3ebe0ffb", null ],
    [ "fetch_add", "classshoal_1_1cell.html#a1bbacd2e333ce4a366d75f8d2a415757", null ],
    [ "fetch_sub", "classshoal_1_1cell.html#a73a1420f5e23a7fb816d7ced44eb4040", null ],
    [ "fetch_and", "classshoal_1_1cell.html#a5e7f88fa79f1d3f68fb49ae2637cdafa", null ],
    [ "fetch_or", "classshoal_1_1cell.html#aaf79219cc99e54b43d77ac7c2db7dbbd", null ],
    [ "fetch_xor", "classshoal_1_1cell.html#add6b6c75e4f6dafac9f7c9a3af144e23", null ]
];