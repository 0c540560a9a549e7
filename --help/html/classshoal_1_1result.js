var classshoal_1_1result =
[
    [ "result", "classshoal_1_1result.html#ac105d24181da88e5722fda31c6f94154", null ],
    [ "result", "classshoal_1_1result.html#acddce96763b1c3eb4cc016030d46bcba", null ],
    [ "result", "classshoal_1_1result.html#acc65173426954d3dc81a4f8229422d51", null ],
    [ "result", "classshoal_1_1result.html#a78a0c3624e706c829e8c61a002e84345", null ],
    [ "~result", "classshoal_1_1result.html#af7a70f14cd5ce50e240caa4ec2cf67d8", null ],
    [ "operator=", "classshoal_1_1result.html#a7de5f42f40c61f5ee5b9e0c2e2505945", null ],
    [ "has_value", "classshoal_1_1result.html#a86b749ce2c4bc627fa8a1fcfaf0e314f", null ],
    [ "operator bool", "classshoal_1_1result.html#a420e60e9788bfa3b52aa3aab72ea3a5e", null ],
    [ "value", "classshoal_1_1result.html#afc7b82a377b483eddff76e25524044da", null ],
    [ "value", "classshoal_1_1result.html#af4ba1bc0672113f010a59d38388eba2e", null ],
    [ "value", "classshoal_1_1result.html#a33b0dc269211541561374f131d2aa3d5", null ],
    [ "operator*", "classshoal_1_1result.html#abfa44f22c830a36b36c2bbc7dc66505e", null ],
    [ "operator*", "classshoal_1_1result.html#ad4d60f13e1cc7db11771825a1bb43200", null ],
    [ "operator*", "classshoal_1_1result.html#abaaff336afbdd42262220a52984c3b50", null ],
    [ "operator->", "classshoal_1_1result.html#ad728d8b1b343869d8f0aa27e8fadf24a", null ],
    [ "operator->", "classshoal_1_1result.html#a7e84d95ae6045721f4c97508a1050eb7", null ],
    [ "code", "classshoal_1_1result.html#a7a1cd4e94c44b3770147bb5177de5242", null ],
    [ "error", "classshoal_1_1result.html#abe6b638c914251058f8d210ed5ea846d", null ],
    [ "value_", "classshoal_1_1result.html#ae496c0f6edafccdab7ef2e2b9d0c7e03", null ],
    [ "error_", "classshoal_1_1result.html#a3551483cb129ba33c770e95ded40a1ec", null ]
];