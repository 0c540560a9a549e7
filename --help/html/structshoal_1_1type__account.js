var structshoal_1_1type__account =
[
    [ "type_index", "structshoal_1_1type__account.html#af1905880f99e24be65f000e9450db1be", null ],
    [ "name", "structshoal_1_1type__account.html#a559aae3a7fdbb3dd9c919b528646f392", null ],
    [ "prototypes", "structshoal_1_1type__account.html#acf5202e1b6f94237236ba3c11f56c87d", null ],
    [ "objects", "structshoal_1_1type__account.html#a4de951d918bcebd7cda628562d8392c9", null ],
    [ "bytes", "structshoal_1_1type__account.html#a3a00ca04c0ed87681f126e891122e276", null ]
];