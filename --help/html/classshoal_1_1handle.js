var classshoal_1_1handle =
[
    [ "handle", "classshoal_1_1handle.html#aa57bd30ac1a9463119ce051b0d609109", null ],
    [ "handle", "classshoal_1_1handle.html#a4d671d7477f44073b295c4a6975a411f", null ],
    [ "handle", "classshoal_1_1handle.html#aa87b6927ff5175eb7fb1d9362a40357c", null ],
    [ "operator=", "classshoal_1_1handle.html#ad843b9b41d54b425d88dee227424350d", null ],
    [ "get", "classshoal_1_1handle.html#a2ef6a7d6c36519bfd0f6ac69b5913935", null ],
    [ "adopt", "classshoal_1_1handle.html#aa4a0b683865ad6f90cb890b247da3642", null ]
];