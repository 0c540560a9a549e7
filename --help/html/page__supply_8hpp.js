var page__supply_8hpp =
[
    [ "page_supply", "structshoal_1_1page__supply.html", "structshoal_1_1page__supply" ],
    [ "mmap_pages", "namespaceshoal.html#a7010a605cc4f0e35ec98f408c8faf6d6", null ]
];