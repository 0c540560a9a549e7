var ring_8hpp =
[
    [ "mailbox_bytes", "namespaceshoal.html#a1adddb454ad6a5424905cf3380a023a5", null ],
    [ "is_mailbox", "namespaceshoal.html#afcd26d81ce469fb891fa382a891c65c1", null ]
];