var dir_13a41d9ad64fb9ae396cb953294783cf =
[
    [ "results", "dir_f906f714900dedfd1471664d24492e95.html", null ]
];