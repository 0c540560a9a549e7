var dir_8b8fc9fa4111bd86964fb32aab8dd880 =
[
    [ "agent", "dir_97a645f087cb9f32bb231fc59560a527.html", "dir_97a645f087cb9f32bb231fc59560a527" ],
    [ "base", "dir_34e055c3d0998f50c7330c73553bf104.html", "dir_34e055c3d0998f50c7330c73553bf104" ],
    [ "embed", "dir_3ebc4a369564d3ad8f978c5461114080.html", "dir_3ebc4a369564d3ad8f978c5461114080" ],
    [ "heap", "dir_1179ff5eec4e6a964589ac037b9b7c73.html", "dir_1179ff5eec4e6a964589ac037b9b7c73" ],
    [ "local", "dir_96d89d7406f3766503411054d3fd9684.html", "dir_96d89d7406f3766503411054d3fd9684" ],
    [ "object", "dir_a28f12def9713dd159a7241b97c3e32a.html", "dir_a28f12def9713dd159a7241b97c3e32a" ],
    [ "sync", "dir_5f42536a2e2d4aae9a267634151edd83.html", "dir_5f42536a2e2d4aae9a267634151edd83" ],
    [ "type", "dir_fcc7493dd982b749c6bdb6b2ccab8f55.html", "dir_fcc7493dd982b749c6bdb6b2ccab8f55" ],
    [ "shoal.hpp", "shoal_8hpp.html", null ]
];