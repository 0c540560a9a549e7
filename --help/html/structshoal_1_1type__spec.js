var structshoal_1_1type__spec =
[
    [ "name", "structshoal_1_1type__spec.html#a559aae3a7fdbb3dd9c919b528646f392", null ],
    [ "fields", "structshoal_1_1type__spec.html#a40f73e5aba73acef3fade9dd0e77d348", null ],
    [ "extends", "structshoal_1_1type__spec.html#a7af864f57a4858bbf11b80b62b0ccc09", null ],
    [ "size", "structshoal_1_1type__spec.html#a7f05fdfad8809e7cdb44cd06e982b919", null ],
    [ "behaviours", "structshoal_1_1type__spec.html#a6b202cdc28ae54903f9b8692128afcdf", null ]
];