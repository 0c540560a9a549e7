var structshoal_1_1header =
[
    [ "type_index", "structshoal_1_1header.html#a81794db352a074b1afa1cfa7e44a4346", null ],
    [ "word", "structshoal_1_1header.html#a4b8d611c83cdc6ad3cad88c469b5c890", null ]
];