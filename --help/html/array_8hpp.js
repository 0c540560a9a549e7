var array_8hpp =
[
    [ "elements< T >", "classshoal_1_1elements.html", "classshoal_1_1elements" ],
    [ "array_header_word", "namespaceshoal.html#a849ca13094c6738e25f1f450900cb6ad", null ],
    [ "elements_offset", "namespaceshoal.html#a976588615ed7b2ac84658c402c928b3e", null ],
    [ "array_bytes", "namespaceshoal.html#af28e5a2b4ec89ffd25533ae0389141d2", null ],
    [ "array_length", "namespaceshoal.html#a46b285fe7ab7c6bf856f5b031336196e", null ],
    [ "write_array_length", "namespaceshoal.html#ac770b65ca6955a3840ef1e02a2e9bd47", null ],
    [ "find_element", "namespaceshoal.html#a5e42ec5051638d97dd349fa01125b2b7", null ],
    [ "copy_scalars", "namespaceshoal.html#a0f8856247444d07a06d8a0f891acf58a", null ],
    [ "fill_scalars", "namespaceshoal.html#a45b5a9f5d6672c2a7f254ad3e6efa592", null ],
    [ "longest_short_array", "namespaceshoal.html#aaf7088dfde193697c3580745ed5cf4f3", null ],
    [ "bulk_slice", "namespaceshoal.html#a6634e1efec63bf4dad8672c4a68198c7", null ]
];