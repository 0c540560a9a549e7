var prototype__table_8hpp =
[
    [ "realm_table", "namespaceshoal.html#afa53fb5aea17206d556dea7209244fc1", [
      [ "reserved", "namespaceshoal.html#afa53fb5aea17206d556dea7209244fc1a7f005c3fa691e77c52d3297cc2699072", null ],
      [ "grown", "namespaceshoal.html#afa53fb5aea17206d556dea7209244fc1ae72c4c72f739d5fffa9b7b09b3cdfb61", null ]
    ] ]
];