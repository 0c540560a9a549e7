var classshoal_1_1reference =
[
    [ "reference", "classshoal_1_1reference.html#a081f908e70f406e7efbcefda2930c692", null ],
    [ "reference", "classshoal_1_1reference.html#a7ab9b2bf74896d6cddeb373b871b8497", null ],
    [ "reference", "classshoal_1_1reference.html#ab5279db98b7738884c7c38ef8590ea66", null ],
    [ "reference", "classshoal_1_1reference.html#a705517a445bac91930422918bae08b55", null ],
    [ "address", "classshoal_1_1reference.html#a5e73039bda7b57328a62d812e01a890a", null ],
    [ "bits", "classshoal_1_1reference.html#a696952ee1d24fc1aea600b28e4df8ac1", null ],
    [ "operator bool", "classshoal_1_1reference.html#a420e60e9788bfa3b52aa3aab72ea3a5e", null ],
    [ "type_index", "classshoal_1_1reference.html#ab0f52afed312790990667f57b190e8ce", null ],
    [ "operator==", "classshoal_1_1reference.html#afc983c6fc19d570cc06e141a127b4af0", null ]
];