var datum_8hpp =
[
    [ "datum", "structshoal_1_1datum.html", "structshoal_1_1datum" ],
    [ "name_of", "namespaceshoal.html#aabbdcf08de16c38b803897a1c2eba717", null ],
    [ "write_boxed_integer", "namespaceshoal.html#ac9194411a4f79f16ba24d29062b52436", null ],
    [ "datum_of_object", "namespaceshoal.html#acb6b3f556c4e1e7e7b1554992929cb52", null ],
    [ "decode", "namespaceshoal.html#a265ad2551e2c1be6105f5ccf8897b4db", null ],
    [ "encode", "namespaceshoal.html#a7156910d8847c72ab73ac1f5ece2f1b1", null ],
    [ "same_datum", "namespaceshoal.html#a49d491138daed6b80eec6ccd4b8d9cd8", null ],
    [ "same_value", "namespaceshoal.html#a38f3caf1b05eac1a2ead3bcd6a4258d7", null ],
    [ "boxed_integer_bytes", "namespaceshoal.html#a9ed331d9bccb05ffe0006e2fd9d3a9fb", null ]
];