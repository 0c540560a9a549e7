var structshoal_1_1keyed__table_1_1inserted =
[
    [ "entry", "structshoal_1_1keyed__table_1_1inserted.html#a8b4ca2d42a048b73fab5cf7c76cb6f9f", null ],
    [ "is_new", "structshoal_1_1keyed__table_1_1inserted.html#a02e9f7b8108aedf00be260acf95383de", null ],
    [ "no_memory", "structshoal_1_1keyed__table_1_1inserted.html#aeff61a78376d66344978988c446e6c93", null ]
];