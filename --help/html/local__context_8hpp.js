var local__context_8hpp =
[
    [ "local_context", "classshoal_1_1local__context.html", "classshoal_1_1local__context" ],
    [ "local_context::resolving", "classshoal_1_1local__context_1_1resolving.html", "classshoal_1_1local__context_1_1resolving" ]
];