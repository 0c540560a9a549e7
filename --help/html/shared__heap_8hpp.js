var shared__heap_8hpp =
[
    [ "heap_options", "structshoal_1_1heap__options.html", "structshoal_1_1heap__options" ],
    [ "heap", "classshoal_1_1heap.html", "classshoal_1_1heap" ]
];