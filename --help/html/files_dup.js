var files_dup =
[
    [ "benchmarks", "dir_13a41d9ad64fb9ae396cb953294783cf.html", "dir_13a41d9ad64fb9ae396cb953294783cf" ],
    [ "docs", "dir_49e56c817e5e54854c35e136979f97ca.html", "dir_49e56c817e5e54854c35e136979f97ca" ],
    [ "lib", "dir_97aefd0d527b934f1d99a682da8fe6a9.html", "dir_97aefd0d527b934f1d99a682da8fe6a9" ],
    [ "shoal", "dir_8b8fc9fa4111bd86964fb32aab8dd880.html", "dir_8b8fc9fa4111bd86964fb32aab8dd880" ],
    [ "sources", "dir_2b542a1aa27b560d0631536b7cdee43a.html", null ]
];