var hash_8hpp =
[
    [ "hash_word", "namespaceshoal.html#ac1d320679a2038eaea0ed0078acb35c3", null ],
    [ "hash_combine", "namespaceshoal.html#ab43a2d4b062ede60e7baac735b6ef28c", null ],
    [ "hash_bytes", "namespaceshoal.html#a885a8d2082637368a0eff355dc3f07be", null ]
];