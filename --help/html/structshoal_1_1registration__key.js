var structshoal_1_1registration__key =
[
    [ "form", "structshoal_1_1registration__key.html#a7e9cf67199a52c09ed2b9684ab9b7ed2", [
      [ "text", "structshoal_1_1registration__key.html#a7e9cf67199a52c09ed2b9684ab9b7ed2a1cb251ec0d568de6a929b520c4aed8d1", null ],
      [ "source", "structshoal_1_1registration__key.html#a7e9cf67199a52c09ed2b9684ab9b7ed2a36cd38f49b9afa08222c0dc9ebfe35eb", null ],
      [ "exported", "structshoal_1_1registration__key.html#a7e9cf67199a52c09ed2b9684ab9b7ed2a0d46da78331b684726520dd8d5320f62", null ]
    ] ],
    [ "registration_key", "structshoal_1_1registration__key.html#a70b14e4aa6475d61aa29eeea0e4ed4a8", null ],
    [ "registration_key", "structshoal_1_1registration__key.html#a0bce9a89d2146c0ef9672758340e0ad6", null ],
    [ "registration_key", "structshoal_1_1registration__key.html#adda5d78901ef5dc0464be7742cd51ae9", null ],
    [ "registration_key", "structshoal_1_1registration__key.html#a3e61056c02e427d26f7ca12bde34b5aa", null ],
    [ "of_source", "structshoal_1_1registration__key.html#a4eb19d428480be467d18a8b57826d919", null ],
    [ "of_export", "structshoal_1_1registration__key.html#a5d2439585ffb97897a3d8124d0490c67", null ],
    [ "empty", "structshoal_1_1registration__key.html#af34f0f34e77bda4a88ebd9b127634992", null ],
    [ "operator==", "structshoal_1_1registration__key.html#a84d1fd98865e7741d07fd71be25ba515", null ],
    [ "what", "structshoal_1_1registration__key.html#a4cc63ded40afc3509983eefa401f6357", null ],
    [ "line", "structshoal_1_1registration__key.html#ad0eb67cb8772e432d9e4d79b2fbe75ce", null ],
    [ "declaration", "structshoal_1_1registration__key.html#a50530674a9fca3e5eb5c8805b3e8a27e", null ],
    [ "place", "structshoal_1_1registration__key.html#aaf3ec166a62ab9bde810fc99b83b08fc", null ],
    [ "name", "structshoal_1_1registration__key.html#a559aae3a7fdbb3dd9c919b528646f392", null ]
];