var structshoal_1_1field =
[
    [ "offset", "structshoal_1_1field.html#ad5892b838fceb114233d2558cb90a1d8", null ],
    [ "kind", "structshoal_1_1field.html#aea96af324d30abf35fb4f02de8a58be1", null ],
    [ "constant", "structshoal_1_1field.html#a3cb3615770fe5fc63c1386493684f1e1", null ],
    [ "owner", "structshoal_1_1field.html#a759bf27b272f2d2ba2c6e673114e249d", null ],
    [ "ref_type", "structshoal_1_1field.html#a71c66ad8ff49d605e6abeb876bcb3366", null ]
];