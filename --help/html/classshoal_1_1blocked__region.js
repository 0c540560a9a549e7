var classshoal_1_1blocked__region =
[
    [ "blocked_region", "classshoal_1_1blocked__region.html#ad2338a9d77660df9d4426592bf200e2e", null ],
    [ "~blocked_region", "classshoal_1_1blocked__region.html#a21f95b6550a98474f482f0d3cb67565c", null ],
    [ "blocked_region", "classshoal_1_1blocked__region.html#a6927b42729b64c8cf3c9e6f904bd0ca1", null ],
    [ "operator=", "classshoal_1_1blocked__region.html#a5e25ccd1265778d3aece0ee8262bd26b", null ],
    [ "operator new", "classshoal_1_1blocked__region.html#a28cb017975e5badca096cb0ef8835ba9", null ]
];