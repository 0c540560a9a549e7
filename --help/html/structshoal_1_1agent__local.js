var structshoal_1_1agent__local =
[
    [ "slot", "structshoal_1_1agent__local.html#aa45e05b5dcbdda226d6932442b8346a3", null ],
    [ "initial", "structshoal_1_1agent__local.html#a8c5a64716b5399a21e904485097a2eb7", null ]
];