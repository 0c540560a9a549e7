var structshoal_1_1any__word =
[
    [ "bits", "structshoal_1_1any__word.html#a4f14c60fd46c6f30506da8708d15bde9", null ]
];