var classshoal_1_1root__visitor =
[
    [ "visit", "classshoal_1_1root__visitor.html#a1b9081eb36f83898a1e4513ab8772ec3", null ],
    [ "visit_value", "classshoal_1_1root__visitor.html#afe06f6007148d45694e0e46068bf5f86", null ]
];