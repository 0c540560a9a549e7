var classshoal_1_1payload =
[
    [ "payload", "classshoal_1_1payload.html#a284f108f49b6be3e92ac88249463964a", null ],
    [ "payload", "classshoal_1_1payload.html#a5499cbe4e5f836cb7d7938260a09b081", null ],
    [ "operator=", "classshoal_1_1payload.html#a4160ed375199831823d9703697317b22", null ],
    [ "get", "classshoal_1_1payload.html#ae87f54c86b7e73ee0bcfa714d53c5604", null ],
    [ "set", "classshoal_1_1payload.html#a7bfb40950c694d98f22ae59a17f427d3", null ]
];