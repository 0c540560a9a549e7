var structshoal_1_1blueprint =
[
    [ "never_quick", "structshoal_1_1blueprint.html#a1e3b62c8dae2719c25522463c4a2b30d", null ],
    [ "type_index", "structshoal_1_1blueprint.html#af1905880f99e24be65f000e9450db1be", null ],
    [ "quick_bytes", "structshoal_1_1blueprint.html#a857ffcf7d34cae42fd16d20e299167d2", null ]
];