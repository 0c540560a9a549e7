var lock_8hpp =
[
    [ "lock", "classshoal_1_1lock.html", "classshoal_1_1lock" ],
    [ "locked", "classshoal_1_1locked.html", "classshoal_1_1locked" ]
];