var structshoal_1_1trace__statistics =
[
    [ "live_objects", "structshoal_1_1trace__statistics.html#a569296713545df10072430f658699901", null ],
    [ "live_bytes", "structshoal_1_1trace__statistics.html#ac88dde3e2d8d3734b00be2dc7f50ee07", null ],
    [ "dead_objects", "structshoal_1_1trace__statistics.html#a972567aac64d504819ffb45f59fbdad3", null ],
    [ "dead_bytes", "structshoal_1_1trace__statistics.html#a84aabfdbc6394eb85b251c4651b3c931", null ],
    [ "scope_roots", "structshoal_1_1trace__statistics.html#abc13184be1a5753d2abd895f6153df93", null ],
    [ "handle_roots", "structshoal_1_1trace__statistics.html#ad6ae86da763a67041a6032fe3d3b7a69", null ],
    [ "weak_cleared", "structshoal_1_1trace__statistics.html#a4a7208a7f83e32db3f7819b1f01948e3", null ],
    [ "rescans", "structshoal_1_1trace__statistics.html#a49e37518c39265040f6d1ee860033ab3", null ]
];