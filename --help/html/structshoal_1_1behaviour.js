var structshoal_1_1behaviour =
[
    [ "role", "structshoal_1_1behaviour.html#a9210ccbe88bb6a845b05fec8af6f0746", null ],
    [ "name", "structshoal_1_1behaviour.html#a559aae3a7fdbb3dd9c919b528646f392", null ]
];