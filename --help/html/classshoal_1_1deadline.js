var classshoal_1_1deadline =
[
    [ "never", "classshoal_1_1deadline.html#aab5952ee71393d551043e4338bf4b8b7", null ],
    [ "after", "classshoal_1_1deadline.html#adfafd6ec5f86f8faf367774e6b2f1a47", null ],
    [ "first", "classshoal_1_1deadline.html#a6504c0cac5a1d2450a32136c66f1ffbb", null ],
    [ "is_never", "classshoal_1_1deadline.html#ad59c440971034d49f504fa7216dff56b", null ],
    [ "has_passed", "classshoal_1_1deadline.html#a0acba2e0a48ad01f269f0c0f3a3f4640", null ],
    [ "nanoseconds", "classshoal_1_1deadline.html#a3a22f598e57b53c78f1a12d66fc149ab", null ],
    [ "now", "classshoal_1_1deadline.html#af601e2c301d47d64303d60e982081331", null ]
];