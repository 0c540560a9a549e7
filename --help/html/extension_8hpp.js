var extension_8hpp =
[
    [ "waker", "classshoal_1_1waker.html", "classshoal_1_1waker" ],
    [ "cluster_extension", "structshoal_1_1cluster__extension.html", "structshoal_1_1cluster__extension" ]
];