var structshoal_1_1element__place =
[
    [ "address", "structshoal_1_1element__place.html#ab96816d317aa5196e2ef198d9a8d621b", null ],
    [ "where", "structshoal_1_1element__place.html#a62bbe3ed659564a794716ef1e29f0ccf", null ]
];