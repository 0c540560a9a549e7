var payload_8hpp =
[
    [ "payload< T >", "classshoal_1_1payload.html", "classshoal_1_1payload" ]
];