var structshoal_1_1shoal__header =
[
    [ "type_index_of", "structshoal_1_1shoal__header.html#a6f7892cdb6d95b9bd13192d971bbc4fd", null ]
];