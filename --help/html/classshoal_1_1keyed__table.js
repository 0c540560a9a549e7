var classshoal_1_1keyed__table =
[
    [ "inserted", "structshoal_1_1keyed__table_1_1inserted.html", "structshoal_1_1keyed__table_1_1inserted" ],
    [ "keyed_table", "classshoal_1_1keyed__table.html#a9383eb24f5e4fa3503a68e8aaa08988d", null ],
    [ "keyed_table", "classshoal_1_1keyed__table.html#aa0c1715dee9585c11a158f3b61ffe45f", null ],
    [ "~keyed_table", "classshoal_1_1keyed__table.html#a5a5fd0d7cef0404ad8560dac888a4f17", null ],
    [ "operator=", "classshoal_1_1keyed__table.html#a51d83109ab6c06841176e4d73a110c7b", null ],
    [ "find", "classshoal_1_1keyed__table.html#af692f15c0f4ec7e0cabf6e0a1f72f6e6", null ],
    [ "insert", "classshoal_1_1keyed__table.html#a47da5cdeeb6d7f015c82f98fd2e35771", null ],
    [ "remove", "classshoal_1_1keyed__table.html#a7486abdf55b9fc51c58936f3bf2ebb7c", null ],
    [ "for_each", "classshoal_1_1keyed__table.html#ae64bba9f9bd9c41c9ff24d65ff589313", null ],
    [ "size", "classshoal_1_1keyed__table.html#a6ba71032468f24fbefc01f882a1aeeff", null ],
    [ "bytes", "classshoal_1_1keyed__table.html#a699aa66522a58782b7281bacfaba2bd8", null ],
    [ "is_busy", "classshoal_1_1keyed__table.html#ac346bccc939934ac69358d1485fd52f9", null ],
    [ "trim", "classshoal_1_1keyed__table.html#a3c5cfbff4c3c3263c562591d2b41902e", null ],
    [ "close", "classshoal_1_1keyed__table.html#a2ead8fad3dd09d3a8b03e6c948f14e46", null ]
];