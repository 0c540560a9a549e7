var structshoal_1_1field__entry =
[
    [ "key", "structshoal_1_1field__entry.html#ad832c94388b6c91d2ffe3f77008af6b5", null ],
    [ "where", "structshoal_1_1field__entry.html#a62bbe3ed659564a794716ef1e29f0ccf", null ]
];