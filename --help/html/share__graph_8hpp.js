var share__graph_8hpp =
[
    [ "graph_item", "structshoal_1_1graph__item.html", "structshoal_1_1graph__item" ],
    [ "graph_shape", "structshoal_1_1graph__shape.html", "structshoal_1_1graph__shape" ],
    [ "shoal::graph_source", "conceptshoal_1_1graph__source.html", null ],
    [ "share_graph", "namespaceshoal.html#ae746f6a1517b32cd1fcbe6f7125cb1ed", null ]
];