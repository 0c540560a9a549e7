var classshoal_1_1scope__mark =
[
    [ "scope_chain", "classshoal_1_1scope__mark.html#a170ec85a28258863b8f44a5db838b5d8", null ]
];