var classshoal_1_1spec__list =
[
    [ "spec_list", "classshoal_1_1spec__list.html#a80e0c327aa96ea7460b5d33cdcc00b17", null ],
    [ "spec_list", "classshoal_1_1spec__list.html#a7d7de245c13c65e00fe59e29c5a3979d", null ],
    [ "spec_list", "classshoal_1_1spec__list.html#a6e6056892ae36edb02b73d0c6828001f", null ],
    [ "spec_list", "classshoal_1_1spec__list.html#ae260030c992fa89cfc2ef069204a7331", null ],
    [ "size", "classshoal_1_1spec__list.html#a381c11a9c30233800798dddb75fc8081", null ],
    [ "operator[]", "classshoal_1_1spec__list.html#a88e88352cccaa52f84b37d51b08a73c7", null ],
    [ "begin", "classshoal_1_1spec__list.html#a28f9c916edd307b76c4bb2503f7ce1fd", null ],
    [ "end", "classshoal_1_1spec__list.html#a1d3db5863ba98d0bf9e4359373dd3aaa", null ]
];