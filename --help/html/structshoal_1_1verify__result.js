var structshoal_1_1verify__result =
[
    [ "sound", "structshoal_1_1verify__result.html#aa77d158f75a972d275b4349a826426da", null ],
    [ "code", "structshoal_1_1verify__result.html#ac926abc193cc9e2fe50cbf2ea6fd56fd", null ],
    [ "objects", "structshoal_1_1verify__result.html#a4de951d918bcebd7cda628562d8392c9", null ],
    [ "bytes", "structshoal_1_1verify__result.html#a3a00ca04c0ed87681f126e891122e276", null ],
    [ "references", "structshoal_1_1verify__result.html#afff23b7b422cb4c5d71afab52e657dca", null ],
    [ "broken", "structshoal_1_1verify__result.html#abf8bbb5af1674dfb55c02d0372fcd625", null ],
    [ "holder", "structshoal_1_1verify__result.html#a5abaac727f9bfffa5ac073f2311ecbea", null ],
    [ "target", "structshoal_1_1verify__result.html#adeb3ee4bc6dc2b14c99e3827fc38f71a", null ]
];