var scope_8hpp =
[
    [ "local", "classshoal_1_1local.html", "classshoal_1_1local" ],
    [ "scope", "classshoal_1_1scope.html", "classshoal_1_1scope" ]
];