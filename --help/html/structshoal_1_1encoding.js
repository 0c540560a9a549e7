var structshoal_1_1encoding =
[
    [ "is_reference", "structshoal_1_1encoding.html#a190802991b4557da7fbfcdf17f7cca01", null ],
    [ "address_of", "structshoal_1_1encoding.html#a465e7ae73269e4a6c9c68db08dadaf2b", null ],
    [ "operator==", "structshoal_1_1encoding.html#a882df1cf2b414eb3ae74a58d78cc6ecf", null ],
    [ "reference_mask", "structshoal_1_1encoding.html#aabc5418873a5e612211d90e12b883c1a", null ],
    [ "reference_tag", "structshoal_1_1encoding.html#a0bed387bf37880fc6e2782798b2c2c63", null ],
    [ "address_mask", "structshoal_1_1encoding.html#aaf55f754495e03f541411edcd1bc69eb", null ],
    [ "unshared_mask", "structshoal_1_1encoding.html#ab8aa8a1ff028a66a0c79e2e829c29d70", null ],
    [ "unshared_tag", "structshoal_1_1encoding.html#a8bb31fee3a4492c6fea917cebcfebe38", null ],
    [ "undefined", "structshoal_1_1encoding.html#a2589b75973a51fce4be40bf3000982c6", null ],
    [ "null", "structshoal_1_1encoding.html#ad17fe9ed2a778077d3b2560722489764", null ]
];