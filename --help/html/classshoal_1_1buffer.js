var classshoal_1_1buffer =
[
    [ "buffer", "classshoal_1_1buffer.html#a7eb5f2663747fe189a1a75a3a7b0779c", null ],
    [ "buffer", "classshoal_1_1buffer.html#ab185475c6a8091626157567a48a535b8", null ],
    [ "~buffer", "classshoal_1_1buffer.html#a100e949d52ebffcc77b1d9b266c22bd6", null ],
    [ "operator=", "classshoal_1_1buffer.html#af741b9a60229564115648903a13e4149", null ],
    [ "try_reserve", "classshoal_1_1buffer.html#a9ee930f0704aa1fadb1a2d24668fd8ce", null ],
    [ "try_push", "classshoal_1_1buffer.html#a2e6df060bd985460d1e83b18b738162e", null ],
    [ "pop", "classshoal_1_1buffer.html#a52e56cc8af2dd99870cbc22eb828443a", null ],
    [ "clear", "classshoal_1_1buffer.html#a03bfacfaaba9195e4498375659f43531", null ],
    [ "size", "classshoal_1_1buffer.html#a4f7434932a5e343fc55ba86506da43c7", null ],
    [ "empty", "classshoal_1_1buffer.html#a3f6fc5de06a318920d84f3c3742db07f", null ],
    [ "data", "classshoal_1_1buffer.html#a9eaee4e9a7b7b5ea5372a3c7aae5b262", null ],
    [ "data", "classshoal_1_1buffer.html#a350019eabadc6614a86aab52ae90af14", null ],
    [ "operator[]", "classshoal_1_1buffer.html#af712f68b496e834694e2e0e721a8769c", null ],
    [ "operator[]", "classshoal_1_1buffer.html#af305b07d97b259d456d028079ac95a24", null ],
    [ "begin", "classshoal_1_1buffer.html#a4cc2e865cfc549a21ba3d3d176318eac", null ],
    [ "end", "classshoal_1_1buffer.html#a21a324130da93226da42336fd9c02fb9", null ],
    [ "begin", "classshoal_1_1buffer.html#a15bcec819d2250d3025439b7fcdf672a", null ],
    [ "end", "classshoal_1_1buffer.html#a29d14ec2ca1c2d79338d01fba3af40d2", null ]
];