var cluster_8hpp =
[
    [ "cluster_options", "structshoal_1_1cluster__options.html", "structshoal_1_1cluster__options" ],
    [ "agent_options", "structshoal_1_1agent__options.html", "structshoal_1_1agent__options" ],
    [ "cluster", "classshoal_1_1cluster.html", "classshoal_1_1cluster" ],
    [ "layout_version", "namespaceshoal.html#a63b8ed2ba639057d2664e06f32046acc", null ]
];