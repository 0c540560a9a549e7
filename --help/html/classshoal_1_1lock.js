var classshoal_1_1lock =
[
    [ "acquire", "classshoal_1_1lock.html#a95f256b9ba1e028af0bd2b467233bba3", null ],
    [ "release", "classshoal_1_1lock.html#a4fd0fa43d212f9effc3366b8bce40fb5", null ],
    [ "is_held", "classshoal_1_1lock.html#a3c3d7d5db56471fc06e36896b691ad06", null ]
];