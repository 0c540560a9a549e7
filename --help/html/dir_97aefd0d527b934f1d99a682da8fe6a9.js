var dir_97aefd0d527b934f1d99a682da8fe6a9 =
[
    [ "lua", "dir_e3d6da42301ca0e60a340946f071e963.html", null ]
];