var structshoal_1_1order__constant =
[
    [ "native", "structshoal_1_1order__constant.html#ac94fba7fcf6a11ef1aff971ab313e28d", null ],
    [ "value", "structshoal_1_1order__constant.html#a773559912595a8d593944786f038fb2c", null ]
];