var classshoal_1_1unlock__token =
[
    [ "unlock_token", "classshoal_1_1unlock__token.html#aeb90d613d5bb3ec1191f8122ccf64eed", null ],
    [ "unlock_token", "classshoal_1_1unlock__token.html#abc8d72ff3bfc0b0adf30dd43ef99a93d", null ],
    [ "~unlock_token", "classshoal_1_1unlock__token.html#aafba55f96367cc122b0fc43bfc5a317f", null ],
    [ "operator=", "classshoal_1_1unlock__token.html#ae693464d29f43956653ecaf87dff0ab4", null ],
    [ "operator bool", "classshoal_1_1unlock__token.html#a420e60e9788bfa3b52aa3aab72ea3a5e", null ],
    [ "was_abandoned", "classshoal_1_1unlock__token.html#ab2aaffc9f2410f45c62621ae518fa80d", null ],
    [ "unlock", "classshoal_1_1unlock__token.html#a4b7c1039f47fca6ca12bbf9134a543a1", null ],
    [ "unlock_fair", "classshoal_1_1unlock__token.html#a069464db3beef739ce2c5627e90eadfb", null ],
    [ "condition", "classshoal_1_1unlock__token.html#ab27a87abadfae7a133147398c76b360e", null ],
    [ "mutex", "classshoal_1_1unlock__token.html#aefba0536ae7301924618b293c04c7e85", null ]
];