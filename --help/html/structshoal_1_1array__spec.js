var structshoal_1_1array__spec =
[
    [ "element", "structshoal_1_1array__spec.html#a51675ed337488c9d559c95a2c5229f31", null ],
    [ "ref_type", "structshoal_1_1array__spec.html#a4a9b6800f28722dd5a1cf1f04f0ed348", null ],
    [ "constant", "structshoal_1_1array__spec.html#a3cb3615770fe5fc63c1386493684f1e1", null ],
    [ "name", "structshoal_1_1array__spec.html#a559aae3a7fdbb3dd9c919b528646f392", null ]
];