var classshoal_1_1prototype =
[
    [ "prototype", "classshoal_1_1prototype.html#a56fcabb2effa516fe97b415fdff589f4", null ],
    [ "prototype", "classshoal_1_1prototype.html#ae374fbc6610fc8d905f6090af8a78ccc", null ],
    [ "has_word", "classshoal_1_1prototype.html#a61870e9cdbb7ffa282fec7e5ee8c213e", null ],
    [ "operator bool", "classshoal_1_1prototype.html#a7990d8e87d9eab2383f94c88c23a6488", null ],
    [ "word", "classshoal_1_1prototype.html#a866d71d01885ed8a851fa6bb3c6a1e14", null ],
    [ "code", "classshoal_1_1prototype.html#ad0126b2696a46a20970e7e0517ee50f5", null ],
    [ "operator==", "classshoal_1_1prototype.html#a4519cd622f553e7e775bdc60041be524", null ]
];