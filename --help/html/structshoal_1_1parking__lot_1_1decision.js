var structshoal_1_1parking__lot_1_1decision =
[
    [ "token", "structshoal_1_1parking__lot_1_1decision.html#a8a5d18d14c46023e806b845ddc10574d", null ],
    [ "fair", "structshoal_1_1parking__lot_1_1decision.html#a209772245fc09d77533856fd84cdc646", null ]
];