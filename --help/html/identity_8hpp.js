var identity_8hpp =
[
    [ "type", "classshoal_1_1type.html", "classshoal_1_1type" ],
    [ "hash_of", "namespaceshoal.html#ad396c7d9499693804d19e39bcd42967a", null ],
    [ "find_field", "namespaceshoal.html#a9ce9af680b66a3d7532633ccc1c518b4", null ]
];