var encoding_8hpp =
[
    [ "encoding", "structshoal_1_1encoding.html", "structshoal_1_1encoding" ],
    [ "nan_box", "structshoal_1_1nan__box.html", "structshoal_1_1nan__box" ],
    [ "shoal::value_encoding", "conceptshoal_1_1value__encoding.html", null ],
    [ "value_kind", "namespaceshoal.html#abcb619add2b995c1b27e57f4f319a534", [
      [ "undefined", "namespaceshoal.html#abcb619add2b995c1b27e57f4f319a534a5e543256c480ac577d30f76f9120eb74", null ],
      [ "null", "namespaceshoal.html#abcb619add2b995c1b27e57f4f319a534a37a6259cc0c1dae299a7866489dff0bd", null ],
      [ "boolean", "namespaceshoal.html#abcb619add2b995c1b27e57f4f319a534a84e2c64f38f78ba3ea5c905ab5a2da27", null ],
      [ "int32", "namespaceshoal.html#abcb619add2b995c1b27e57f4f319a534a0241adbbd83925f051b694d40f02747f", null ],
      [ "float64", "namespaceshoal.html#abcb619add2b995c1b27e57f4f319a534afb7fa22ede616c04c68a7663d0f81e92", null ],
      [ "reference", "namespaceshoal.html#abcb619add2b995c1b27e57f4f319a534ab8af13ea9c8fe890c9979a1fa8dbde22", null ],
      [ "local", "namespaceshoal.html#abcb619add2b995c1b27e57f4f319a534af5ddaf0ca7929578b408c909429f68f2", null ],
      [ "other", "namespaceshoal.html#abcb619add2b995c1b27e57f4f319a534a795f3202b17cb6bc3d4b771d8c6c9eaf", null ]
    ] ],
    [ "canonical_nan", "namespaceshoal.html#ad9a996c6f64f9ea2df55c1ee9539874b", null ]
];