var header_8hpp =
[
    [ "header", "structshoal_1_1header.html", "structshoal_1_1header" ],
    [ "shoal_header", "structshoal_1_1shoal__header.html", "structshoal_1_1shoal__header" ],
    [ "header_of", "namespaceshoal.html#a8f8f9a3005795f55272df84d3419e28a", null ],
    [ "write_header", "namespaceshoal.html#a925efc58bc46152aad481c60cfcc051d", null ],
    [ "header_bytes", "namespaceshoal.html#a9df98c708eb193ca171231882b738168", null ]
];