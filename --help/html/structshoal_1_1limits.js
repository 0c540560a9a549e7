var structshoal_1_1limits =
[
    [ "fields", "structshoal_1_1limits.html#a36474ec995e39a6b6396a5eba1bfb9e6", null ],
    [ "types", "structshoal_1_1limits.html#a4283e1042cda99707527fe81254fbc3a", null ],
    [ "depth", "structshoal_1_1limits.html#aebe3c14a7f432d93a36ebf725a214ad3", null ],
    [ "instance_bytes", "structshoal_1_1limits.html#acd9a3a78f6b84ed593e3a0d5633fc6e6", null ],
    [ "quick_bytes", "structshoal_1_1limits.html#ae58f36f8b5948439c8f1e271c0c1d96e", null ],
    [ "agent_locals", "structshoal_1_1limits.html#a5bdcbdcf1766b5a29020622d308c1926", null ],
    [ "name_bytes", "structshoal_1_1limits.html#ac4f0ed8fb12f38053c9cc94a64abe548", null ],
    [ "mailbox_values", "structshoal_1_1limits.html#a403fd1b5c5ca05a789b645edc73fab85", null ]
];