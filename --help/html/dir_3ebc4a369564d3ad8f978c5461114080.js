var dir_3ebc4a369564d3ad8f978c5461114080 =
[
    [ "embed.hpp", "embed_8hpp.html", null ],
    [ "empty_host.hpp", "empty__host_8hpp.html", "empty__host_8hpp" ],
    [ "host.hpp", "host_8hpp.html", "host_8hpp" ],
    [ "share_graph.hpp", "share__graph_8hpp.html", "share__graph_8hpp" ],
    [ "translated.hpp", "translated_8hpp.html", "translated_8hpp" ]
];