var reference_8hpp =
[
    [ "safepoint_clock", "classshoal_1_1safepoint__clock.html", "classshoal_1_1safepoint__clock" ],
    [ "reference", "classshoal_1_1reference.html", "classshoal_1_1reference" ]
];