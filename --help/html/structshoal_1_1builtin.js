var structshoal_1_1builtin =
[
    [ "array_of", "structshoal_1_1builtin.html#a5ff966bf54150678bb67a676e18d4111", null ]
];