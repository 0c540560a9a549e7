var structshoal_1_1cluster__options =
[
    [ "limit", "structshoal_1_1cluster__options.html#ad34d963402087f3d8e4c75c0d68028bd", null ],
    [ "pages", "structshoal_1_1cluster__options.html#a63b4c1d7d354e98869d5f4f62c03d4db", null ],
    [ "metadata", "structshoal_1_1cluster__options.html#a610861874cdbce6903853e7c591f4e8e", null ],
    [ "max_types", "structshoal_1_1cluster__options.html#ab659056c86de230dc4f816f959b8db16", null ],
    [ "words", "structshoal_1_1cluster__options.html#aeeb4475126faedde8002dd683d25c6ee", null ]
];