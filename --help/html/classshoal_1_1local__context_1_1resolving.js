var classshoal_1_1local__context_1_1resolving =
[
    [ "resolving", "classshoal_1_1local__context_1_1resolving.html#a135dd41424fa723ab8cd194dacdedf14", null ],
    [ "~resolving", "classshoal_1_1local__context_1_1resolving.html#a2dde0b4a22502edd55209a9e34126359", null ],
    [ "resolving", "classshoal_1_1local__context_1_1resolving.html#ae6bd6b105cddb8888a9a7f12199d733a", null ],
    [ "operator=", "classshoal_1_1local__context_1_1resolving.html#ab35d532580f886bde15a3ab2e14d9584", null ],
    [ "local_context", "classshoal_1_1local__context_1_1resolving.html#a847a7b7b99bad0f0d4efbbc115fd61f5", null ]
];