var structshoal_1_1condition =
[
    [ "make", "structshoal_1_1condition.html#aa7fbb72cfbdb8552a7bbb60d9f0ca125", null ],
    [ "wait", "structshoal_1_1condition.html#a3c92fb79122b5349e214695c9a5fd706", null ],
    [ "wait_for", "structshoal_1_1condition.html#a29b91d5a832e5a965f23466ac77462c6", null ],
    [ "notify", "structshoal_1_1condition.html#ad23933888b619eddbed87babb3e338cd", null ],
    [ "all", "structshoal_1_1condition.html#a94cfbabb87144d6c7aba4ce2a66bbd64", null ]
];