var classshoal_1_1reserved__table =
[
    [ "reserved_table", "classshoal_1_1reserved__table.html#a04ece61e9b71534e6e768d13450181df", null ],
    [ "reserved_table", "classshoal_1_1reserved__table.html#a19b829d6a55f56905d8caf13a262f10f", null ],
    [ "~reserved_table", "classshoal_1_1reserved__table.html#a56dbf1ff72cf0688f19411a043c52269", null ],
    [ "operator=", "classshoal_1_1reserved__table.html#ac251986913c3e9982094e3cccc0d9121", null ],
    [ "try_open", "classshoal_1_1reserved__table.html#ae8ff195d8c80d37c1f27eeb4aa7adf13", null ],
    [ "close", "classshoal_1_1reserved__table.html#a2ead8fad3dd09d3a8b03e6c948f14e46", null ],
    [ "data", "classshoal_1_1reserved__table.html#a03af70c3e492a588243370fdfd1087b2", null ],
    [ "entries", "classshoal_1_1reserved__table.html#aaac537e5ecd77c16ab12378af23203e9", null ],
    [ "operator[]", "classshoal_1_1reserved__table.html#a80142b0a15e7eb49580a016403a03e4c", null ]
];