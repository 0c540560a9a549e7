var jemalloc__supply_8hpp =
[
    [ "jemalloc_pages", "namespaceshoal.html#a7528f50ebf6173a928b7d261ef1775b1", null ]
];