var generic_8hpp =
[
    [ "with_kind", "namespaceshoal.html#aa75c14b83adf89f38473883f0aa59cba", null ],
    [ "to_datum", "namespaceshoal.html#ac47a5d7134fe7560117cf7a1ae12ac52", null ],
    [ "from_datum", "namespaceshoal.html#a41b79f8d1e5fea0ad1795aa9acec07b1", null ],
    [ "load_generic", "namespaceshoal.html#ae4d58d74b4cbbd41ed2cf51ed5bf412d", null ],
    [ "store_generic", "namespaceshoal.html#ad3bb5511edb9abbe3a3d41afb503c3f5", null ],
    [ "exchange_generic", "namespaceshoal.html#ac53916fe28c8d838180d47f005155ee2", null ],
    [ "compare_exchange_generic", "namespaceshoal.html#ab0587838cf4cdf779caa8823a0631488", null ],
    [ "fetch_add_generic", "namespaceshoal.html#a687fbcbe3c6cf0fe0c8a86f116ff727f", null ]
];