var static__layout_8hpp =
[
    [ "any_word", "structshoal_1_1any__word.html", "structshoal_1_1any__word" ],
    [ "ref_word", "structshoal_1_1ref__word.html", "structshoal_1_1ref__word" ],
    [ "struct_layout< Struct, Count >", "structshoal_1_1struct__layout.html", "structshoal_1_1struct__layout" ],
    [ "static_layout", "namespaceshoal.html#a4d95f22d6a6a1fb66de8a500aaca7713", null ]
];