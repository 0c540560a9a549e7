var structshoal_1_1cluster__extension =
[
    [ "left", "structshoal_1_1cluster__extension.html#afcd45fad9bc19768aadb1d0867f34150", null ],
    [ "forked", "structshoal_1_1cluster__extension.html#ac78bf24cfc5616cb87f91451950cacdc", null ],
    [ "close", "structshoal_1_1cluster__extension.html#a751ac977c79ea2ebd68f4c04d2f9435c", null ]
];