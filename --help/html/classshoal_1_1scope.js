var classshoal_1_1scope =
[
    [ "scope", "classshoal_1_1scope.html#a9e4117af8dbdde022df13b61dcb3e96d", null ],
    [ "~scope", "classshoal_1_1scope.html#a81b805def283a667279f9c25e2752951", null ],
    [ "scope", "classshoal_1_1scope.html#a59b46bc1fc417b2e1682ac8099de1a91", null ],
    [ "operator=", "classshoal_1_1scope.html#ae6dacf3b1760c205e28c2ca8fda9f97b", null ],
    [ "operator new", "classshoal_1_1scope.html#a28cb017975e5badca096cb0ef8835ba9", null ],
    [ "hold", "classshoal_1_1scope.html#a316e105ab93fcb61591ebbfd058a5705", null ],
    [ "context", "classshoal_1_1scope.html#a93251f62f10c9f89fbc31f5cacabde00", null ]
];