var classshoal_1_1local__space =
[
    [ "local_space", "classshoal_1_1local__space.html#a743b1e7fa851e52ac057b92c50c45550", null ],
    [ "try_open", "classshoal_1_1local__space.html#a04215b361e645c120b42adb27afd83ba", null ],
    [ "make_slot", "classshoal_1_1local__space.html#a794413c8f825ff2136a92acff56f2bfa", null ],
    [ "slots", "classshoal_1_1local__space.html#a46a8b1b18384892b1bc609e24c6362be", null ],
    [ "kind_of", "classshoal_1_1local__space.html#aa4f4b8b39c4fef0323e9091ae5dd993f", null ],
    [ "address_of", "classshoal_1_1local__space.html#a510d1e39ef4521e852e15aa896ec44d9", null ],
    [ "next_identity", "classshoal_1_1local__space.html#a074aec12598649586fca6c6e2e578895", null ],
    [ "upcoming_identity", "classshoal_1_1local__space.html#adb444e53a0b881ddbcee7bf99181aec9", null ],
    [ "debug_skip_identities", "classshoal_1_1local__space.html#ad664ac5a79f42365e4dbaad09a3665b9", null ],
    [ "unbound_entries", "classshoal_1_1local__space.html#a3a2e104490d20c7f09dbcf5cbdd96b26", null ],
    [ "types", "classshoal_1_1local__space.html#a34a0a3485d41e2c470566837caed1b43", null ],
    [ "memory", "classshoal_1_1local__space.html#aa10690b0a6d5c7cc0948dc0a7f00d7c7", null ]
];