var structshoal_1_1field__key =
[
    [ "form", "structshoal_1_1field__key.html#a7e9cf67199a52c09ed2b9684ab9b7ed2", [
      [ "name", "structshoal_1_1field__key.html#a7e9cf67199a52c09ed2b9684ab9b7ed2ab068931cc450442b63f5b3d276ea4297", null ],
      [ "integer", "structshoal_1_1field__key.html#a7e9cf67199a52c09ed2b9684ab9b7ed2a157db7df530023575515d366c9b672e8", null ],
      [ "symbol", "structshoal_1_1field__key.html#a7e9cf67199a52c09ed2b9684ab9b7ed2a97bff26855a8bfa63e05d5477e794b24", null ]
    ] ],
    [ "field_key", "structshoal_1_1field__key.html#a0a61964c1d82b85b122946bf67ef260b", null ],
    [ "field_key", "structshoal_1_1field__key.html#a2890af52c12e7f2ba6ce97292fc51b44", null ],
    [ "field_key", "structshoal_1_1field__key.html#afd1ca900a4725c2bbcf4673aded8ea2e", null ],
    [ "field_key", "structshoal_1_1field__key.html#a09a9186841e34921534515761ae76d99", null ],
    [ "of_integer", "structshoal_1_1field__key.html#ad04d81fe3b0317cf4d0a7dbb3726828e", null ],
    [ "of_symbol", "structshoal_1_1field__key.html#aab7b79f28d13f8a171d94d4154226f40", null ],
    [ "operator==", "structshoal_1_1field__key.html#a6963fc36852389266f84df85932f6528", null ],
    [ "name", "structshoal_1_1field__key.html#a559aae3a7fdbb3dd9c919b528646f392", null ],
    [ "number", "structshoal_1_1field__key.html#ab3bdc4c004c30610f8427191ada35557", null ],
    [ "what", "structshoal_1_1field__key.html#a4cc63ded40afc3509983eefa401f6357", null ]
];