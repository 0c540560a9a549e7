var structshoal_1_1heap__options =
[
    [ "limit", "structshoal_1_1heap__options.html#ad34d963402087f3d8e4c75c0d68028bd", null ],
    [ "pages", "structshoal_1_1heap__options.html#a63b4c1d7d354e98869d5f4f62c03d4db", null ],
    [ "metadata", "structshoal_1_1heap__options.html#a610861874cdbce6903853e7c591f4e8e", null ],
    [ "types", "structshoal_1_1heap__options.html#a40b8bed67db0357ebd567ec528c78e62", null ],
    [ "words", "structshoal_1_1heap__options.html#aeeb4475126faedde8002dd683d25c6ee", null ]
];