var structshoal_1_1empty__host =
[
    [ "release", "structshoal_1_1empty__host.html#a944645b1562d7e8a2b69055474bdf7d5", null ],
    [ "resolve_prototype", "structshoal_1_1empty__host.html#a0ee1163d222c7b9ac738c9bff568760d", null ],
    [ "visit_roots", "structshoal_1_1empty__host.html#a4e409a9f9c961e78071300954874a5f9", null ],
    [ "post_task", "structshoal_1_1empty__host.html#a9b48de1f59e1be569353be3490660deb", null ],
    [ "describe", "structshoal_1_1empty__host.html#ab3191c3576225dd88c3132ae72ca95d0", null ]
];