var structshoal_1_1mutex =
[
    [ "make", "structshoal_1_1mutex.html#aa7fbb72cfbdb8552a7bbb60d9f0ca125", null ],
    [ "lock", "structshoal_1_1mutex.html#ab2a4472ff31b86f61c1b63d0578d8a92", null ],
    [ "try_lock", "structshoal_1_1mutex.html#a1c2a76c8ee05ffab12127f5df7da327d", null ]
];