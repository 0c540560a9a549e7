var mutex_8hpp =
[
    [ "unlock_token", "classshoal_1_1unlock__token.html", "classshoal_1_1unlock__token" ],
    [ "mutex", "structshoal_1_1mutex.html", "structshoal_1_1mutex" ],
    [ "is_mutex", "namespaceshoal.html#ad32e2bd6a2a16d2ea053eb59fc785f32", null ],
    [ "mutex_bytes", "namespaceshoal.html#a09a64dd26149f2a33014b2bbaad320ce", null ]
];