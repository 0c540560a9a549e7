var structshoal_1_1vec128 =
[
    [ "operator==", "structshoal_1_1vec128.html#a51deb8c59b9cff82c186951bfb55368c", null ],
    [ "low", "structshoal_1_1vec128.html#a95444e3ad1b824c91298fc8486f8c203", null ],
    [ "high", "structshoal_1_1vec128.html#a338860fbd525d49523c0e8bda00d4e7b", null ]
];