var classshoal_1_1local =
[
    [ "local", "classshoal_1_1local.html#a778e3b436c47458a75def6adedd78c81", null ],
    [ "operator bool", "classshoal_1_1local.html#a420e60e9788bfa3b52aa3aab72ea3a5e", null ],
    [ "get", "classshoal_1_1local.html#af5c68e2cc395fd98bb6fb584541505e7", null ],
    [ "operator reference", "classshoal_1_1local.html#ae189f4d7fd494c892e8b8f4d5f7ec6fc", null ],
    [ "set", "classshoal_1_1local.html#a04b599e38e34164699847233f65006ee", null ],
    [ "scope", "classshoal_1_1local.html#a03cb966a669e3426ff8c3b282af16122", null ]
];