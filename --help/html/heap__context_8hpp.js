var heap__context_8hpp =
[
    [ "heap_context", "classshoal_1_1heap__context.html", "classshoal_1_1heap__context" ]
];