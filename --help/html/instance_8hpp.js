var instance_8hpp =
[
    [ "instance_bytes", "namespaceshoal.html#ab677425b1d64cb2f72f03a196105d2d7", null ],
    [ "for_each_reference", "namespaceshoal.html#a9bbf9ff38078f2819845c0c97cdaa4f8", null ]
];