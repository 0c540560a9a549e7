var structshoal_1_1page__supply =
[
    [ "allocate", "structshoal_1_1page__supply.html#aa185a5f579f92e8bf00120cae3a6a3d6", null ],
    [ "release", "structshoal_1_1page__supply.html#a08acd46ec12a74e77e5bf49ee744a6a0", null ],
    [ "self", "structshoal_1_1page__supply.html#add843125b63b1afec9686fbaa3deb708", null ]
];