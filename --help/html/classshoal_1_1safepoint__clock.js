var classshoal_1_1safepoint__clock =
[
    [ "tick", "classshoal_1_1safepoint__clock.html#ab4aa9190bb25333722d0c89e8dac21a9", null ],
    [ "count", "classshoal_1_1safepoint__clock.html#a0da4229be49758ae0cb6ac0ee0248caa", null ]
];