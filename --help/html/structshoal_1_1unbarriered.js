var structshoal_1_1unbarriered =
[
    [ "shareable", "structshoal_1_1unbarriered.html#ac37bba5b90749ad934f6261d2746f4d8", null ],
    [ "barrier_active", "structshoal_1_1unbarriered.html#a93e30fba4607d59b9b85aa087b4d60fa", null ],
    [ "shade_value", "structshoal_1_1unbarriered.html#a86ec52f624e7202785fe1bb52a17b3d7", null ],
    [ "shade", "structshoal_1_1unbarriered.html#a27a48d1f4110f84ca0205165cd52b698", null ]
];