var structshoal_1_1struct__layout =
[
    [ "spec", "structshoal_1_1struct__layout.html#a68b3c83b56c4e242ecb7ab69d16ee1b9", null ],
    [ "fields", "structshoal_1_1struct__layout.html#a3c732eb44ee3de3856145e4cfd2b4d28", null ]
];