var vec128_8hpp =
[
    [ "vec128", "structshoal_1_1vec128.html", "structshoal_1_1vec128" ],
    [ "has_vec128", "namespaceshoal.html#a08e33ddc8e3992575d3be8d42210ae3a", null ]
];