var string_8hpp =
[
    [ "string_view", "classshoal_1_1string__view.html", "classshoal_1_1string__view" ],
    [ "string_form", "namespaceshoal.html#a8624d53d2eb216798bd42b48b6e6298f", [
      [ "bytes", "namespaceshoal.html#a8624d53d2eb216798bd42b48b6e6298fa4b3a6218bb3e3a7303e8a171a60fcf92", null ],
      [ "latin1", "namespaceshoal.html#a8624d53d2eb216798bd42b48b6e6298fa06cdd371b70fb74f961c0158daf6dded", null ],
      [ "utf16", "namespaceshoal.html#a8624d53d2eb216798bd42b48b6e6298fa5ab39c2bd546655547f6101ed91e395e", null ]
    ] ],
    [ "hash_of", "namespaceshoal.html#a2ee1f0d5573f3c025296b969cdf6859a", null ],
    [ "equal", "namespaceshoal.html#a5d81160e56e335407963e7d4a64c260b", null ],
    [ "compare", "namespaceshoal.html#a210e0bdadd1098ae7c1ccaf5e14ab533", null ],
    [ "string_bytes", "namespaceshoal.html#aa578207905f97f3a1158be4e2cd408e3", null ],
    [ "write_string", "namespaceshoal.html#a519de2d2e1e7a74dd23de578a7b16706", null ],
    [ "string_at", "namespaceshoal.html#a9035afb018b5db347a9835085398f768", null ],
    [ "has_text", "namespaceshoal.html#a5bcc6a839cea73e4b72e8e2645e71df8", null ],
    [ "string_hash_at", "namespaceshoal.html#ad894c7a225730aa6f5608d73aec6f956", null ],
    [ "string_units_offset", "namespaceshoal.html#aea0f244b7106488dba7a10694e3d741b", null ]
];