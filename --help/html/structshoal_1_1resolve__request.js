var structshoal_1_1resolve__request =
[
    [ "where", "structshoal_1_1resolve__request.html#a4cfc5397506c2d056e2c123c2653ee08", null ],
    [ "what", "structshoal_1_1resolve__request.html#ad5bae4402a726146f65473e601b59e5d", null ],
    [ "role", "structshoal_1_1resolve__request.html#a9210ccbe88bb6a845b05fec8af6f0746", null ],
    [ "behaviour", "structshoal_1_1resolve__request.html#a58ceb75ac31263e71a5c13973ca2a574", null ],
    [ "parent", "structshoal_1_1resolve__request.html#afd09ab28038bdf7238d12583a2d10e34", null ]
];