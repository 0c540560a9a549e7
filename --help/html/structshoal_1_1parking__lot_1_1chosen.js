var structshoal_1_1parking__lot_1_1chosen =
[
    [ "identity", "structshoal_1_1parking__lot_1_1chosen.html#a19dd2a40daae4382f2a04640a1f890d6", null ],
    [ "more", "structshoal_1_1parking__lot_1_1chosen.html#a462318a97be8f41d7970bd97f3276852", null ],
    [ "fair", "structshoal_1_1parking__lot_1_1chosen.html#a209772245fc09d77533856fd84cdc646", null ]
];