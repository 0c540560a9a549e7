var structshoal_1_1cluster__account =
[
    [ "agents", "structshoal_1_1cluster__account.html#a3c6bc3343788c92c37ad41a9c25e4f01", null ],
    [ "sum", "structshoal_1_1cluster__account.html#acbb1ae3ac7fe5fc23026b3b08e70d775", null ],
    [ "orphan_handles", "structshoal_1_1cluster__account.html#a1bcd07f42232a376668a6f7e4758d751", null ],
    [ "types", "structshoal_1_1cluster__account.html#ab74a965e66be23108105fdb7dbaf7c21", null ],
    [ "interned_strings", "structshoal_1_1cluster__account.html#a78d549ea7aa3e406245c79d1c4a56bf5", null ],
    [ "heap_bytes_used", "structshoal_1_1cluster__account.html#a6f03c0866adae139a15ff3db65f1d171", null ],
    [ "heap_bytes_reserved", "structshoal_1_1cluster__account.html#aadd129d4ece8d58714a4e30f3a0d236e", null ],
    [ "dispatches", "structshoal_1_1cluster__account.html#a796ba6fcec41d7a58fada23fa7da099d", null ]
];