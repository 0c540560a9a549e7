var classshoal_1_1entered =
[
    [ "entered", "classshoal_1_1entered.html#a9ec2ec4cdd18840ea7445695e43ece62", null ],
    [ "~entered", "classshoal_1_1entered.html#aec7594e8fa23b189bd810159950f49b0", null ],
    [ "entered", "classshoal_1_1entered.html#ac455502ab68e6bd2c2f2d87c77a2ab7a", null ],
    [ "operator=", "classshoal_1_1entered.html#a138189f75ea151a8bbb8cdccf5ed713c", null ],
    [ "operator new", "classshoal_1_1entered.html#a28cb017975e5badca096cb0ef8835ba9", null ]
];