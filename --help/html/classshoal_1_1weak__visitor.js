var classshoal_1_1weak__visitor =
[
    [ "is_marked", "classshoal_1_1weak__visitor.html#a40243a07bc2b4d0aade733bb63aaeb6c", null ]
];