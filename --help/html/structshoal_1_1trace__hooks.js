var structshoal_1_1trace__hooks =
[
    [ "roots", "structshoal_1_1trace__hooks.html#a4df98033be748c446103498ffd3a8957", null ],
    [ "weak", "structshoal_1_1trace__hooks.html#a4fa09453fb5f8699a5bc3cf299b43334", null ],
    [ "self", "structshoal_1_1trace__hooks.html#add843125b63b1afec9686fbaa3deb708", null ]
];