var realm_8hpp =
[
    [ "realm", "classshoal_1_1realm.html", "classshoal_1_1realm" ]
];