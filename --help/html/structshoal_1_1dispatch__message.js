var structshoal_1_1dispatch__message =
[
    [ "word_count", "structshoal_1_1dispatch__message.html#a7c7fc2ad30d6f5e2b5376ba9da7607d5", null ],
    [ "object_count", "structshoal_1_1dispatch__message.html#ad9141cc3d79973c75c554429dd74b113", null ],
    [ "words", "structshoal_1_1dispatch__message.html#aa831ba6d7640c1767f50e6cdae1f904e", null ],
    [ "objects", "structshoal_1_1dispatch__message.html#a9cee171ee9a89bc88cfbff66b1cba357", null ]
];