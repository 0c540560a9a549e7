var empty__host_8hpp =
[
    [ "empty_host", "structshoal_1_1empty__host.html", "structshoal_1_1empty__host" ]
];