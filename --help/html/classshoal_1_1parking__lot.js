var classshoal_1_1parking__lot =
[
    [ "chosen", "structshoal_1_1parking__lot_1_1chosen.html", "structshoal_1_1parking__lot_1_1chosen" ],
    [ "decision", "structshoal_1_1parking__lot_1_1decision.html", "structshoal_1_1parking__lot_1_1decision" ],
    [ "passage", "classshoal_1_1parking__lot.html#a0b6b29bdb449c81f8a0854a58f4f7dd9", [
      [ "wake_all", "classshoal_1_1parking__lot.html#a0b6b29bdb449c81f8a0854a58f4f7dd9ab785bc54f0c2fffafb96fcf05fa2fddf", null ],
      [ "wake_first", "classshoal_1_1parking__lot.html#a0b6b29bdb449c81f8a0854a58f4f7dd9a69a80eee682b39f7158e5189857cf278", null ],
      [ "move_all", "classshoal_1_1parking__lot.html#a0b6b29bdb449c81f8a0854a58f4f7dd9a14a5103ba3a8262c2af10e5cba84865f", null ]
    ] ],
    [ "parking_lot", "classshoal_1_1parking__lot.html#ac1984441001c3a29580dcaee0c17e575", null ],
    [ "~parking_lot", "classshoal_1_1parking__lot.html#aabd5dcf590dbca10b2044cab27cd8b95", null ],
    [ "of", "classshoal_1_1parking__lot.html#af72a8224ebd6a16745afaa798d3f877f", null ],
    [ "if_made", "classshoal_1_1parking__lot.html#a54e97ff6198491d60f6900e5b3304f10", null ],
    [ "made", "classshoal_1_1parking__lot.html#a6b63e988c8c003e8f72ada6701bf4482", null ],
    [ "operator=", "classshoal_1_1parking__lot.html#abe39aaf2585ef5f165918aa12f5d8eb4", null ],
    [ "park", "classshoal_1_1parking__lot.html#a68be5ce3381f414f65905a188ab2267c", null ],
    [ "park", "classshoal_1_1parking__lot.html#a8007b87138582570a8e47d3bf0691da3", null ],
    [ "unpark_one", "classshoal_1_1parking__lot.html#ad05307c6e1c1627371bd7467f2344c78", null ],
    [ "unpark", "classshoal_1_1parking__lot.html#acd66fbcaf12e9fe1dbc1048f9bdba3b9", null ],
    [ "notify", "classshoal_1_1parking__lot.html#a51ccabda31c05946641aead529cabef6", null ],
    [ "unpark_if", "classshoal_1_1parking__lot.html#aeef9f5940aacfdbf0c07f7cea19fca72", null ],
    [ "waiting", "classshoal_1_1parking__lot.html#acf28464c747f150621709e9c5661644a", null ],
    [ "buckets", "classshoal_1_1parking__lot.html#a76bfa1f2a46b633a44288d9908e1f763", null ]
];