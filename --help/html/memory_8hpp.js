var memory_8hpp =
[
    [ "metadata_hook", "structshoal_1_1metadata__hook.html", "structshoal_1_1metadata__hook" ],
    [ "buffer< T >", "classshoal_1_1buffer.html", "classshoal_1_1buffer" ],
    [ "reserved_table< T >", "classshoal_1_1reserved__table.html", "classshoal_1_1reserved__table" ],
    [ "try_make", "namespaceshoal.html#aabaea935c1326a51ffb4fe6ba82b0425", null ],
    [ "destroy", "namespaceshoal.html#a5fcf81a52b410d4186bab9d000b8ab87", null ],
    [ "default_metadata", "namespaceshoal.html#a068b6ea683169cd538b66f0fbe8b9a43", null ]
];