var structshoal_1_1field__value =
[
    [ "where", "structshoal_1_1field__value.html#a62bbe3ed659564a794716ef1e29f0ccf", null ],
    [ "what", "structshoal_1_1field__value.html#a60c76789ac3e9a1b5be4c36e3360df8d", null ]
];