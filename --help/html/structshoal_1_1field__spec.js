var structshoal_1_1field__spec =
[
    [ "as_const", "structshoal_1_1field__spec.html#a5d599795fba497f742883e0b0159465e", null ],
    [ "at", "structshoal_1_1field__spec.html#a8f23dc14dab380aeee8bb586f1debc3c", null ],
    [ "of", "structshoal_1_1field__spec.html#aeb4c06112d1040cb0178e2db354184cd", null ],
    [ "of_self", "structshoal_1_1field__spec.html#aa5dc93689acede472bc4c0d39e94be1f", null ],
    [ "key", "structshoal_1_1field__spec.html#ad832c94388b6c91d2ffe3f77008af6b5", null ],
    [ "kind", "structshoal_1_1field__spec.html#aea96af324d30abf35fb4f02de8a58be1", null ],
    [ "constant", "structshoal_1_1field__spec.html#a3cb3615770fe5fc63c1386493684f1e1", null ],
    [ "offset", "structshoal_1_1field__spec.html#ad5892b838fceb114233d2558cb90a1d8", null ],
    [ "ref_type", "structshoal_1_1field__spec.html#a4a9b6800f28722dd5a1cf1f04f0ed348", null ],
    [ "ref_self", "structshoal_1_1field__spec.html#a44d1cb1cb94420a6dc4342fdae6f7880", null ]
];