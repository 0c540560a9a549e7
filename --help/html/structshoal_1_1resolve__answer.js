var structshoal_1_1resolve__answer =
[
    [ "kind", "structshoal_1_1resolve__answer.html#a846347d2e1c8b2450ba14a70dc2b6e02", [
      [ "bind", "structshoal_1_1resolve__answer.html#a846347d2e1c8b2450ba14a70dc2b6e02a128477f50347d98ee1213d71f27e8886", null ],
      [ "refuse", "structshoal_1_1resolve__answer.html#a846347d2e1c8b2450ba14a70dc2b6e02a324a7590a91adf962f9b2a1d4ddaa6c9", null ],
      [ "none", "structshoal_1_1resolve__answer.html#a846347d2e1c8b2450ba14a70dc2b6e02a334c4a4c42fdb79d7ebc3e73b517e6f8", null ],
      [ "pending", "structshoal_1_1resolve__answer.html#a846347d2e1c8b2450ba14a70dc2b6e02a7c6c2e5d48ab37a007cbf70d3ea25fa4", null ],
      [ "failed", "structshoal_1_1resolve__answer.html#a846347d2e1c8b2450ba14a70dc2b6e02a26934eb377001f66e37289a5c93fe284", null ]
    ] ],
    [ "bind", "structshoal_1_1resolve__answer.html#acefe4da8e56d82ae607e7f671977f793", null ],
    [ "refuse", "structshoal_1_1resolve__answer.html#ade2d2f458df1de7c897983a38012c49d", null ],
    [ "no_prototype", "structshoal_1_1resolve__answer.html#a8e0550f53fa4ce1933132ff02e1fbd63", null ],
    [ "pending", "structshoal_1_1resolve__answer.html#af4348809c6d05918761f41b2da72aa39", null ],
    [ "failed", "structshoal_1_1resolve__answer.html#abf2a2543ce6b6ca07c47fba544c1182f", null ],
    [ "what", "structshoal_1_1resolve__answer.html#aa442e6a791cda05e89b0afd61832220d", null ],
    [ "word", "structshoal_1_1resolve__answer.html#a697c5031bc994a983c36f86b92dc60da", null ]
];