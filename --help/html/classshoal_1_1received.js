var classshoal_1_1received =
[
    [ "received", "classshoal_1_1received.html#ab6ab5a092dcda7b4eae810aadb884cb3", null ],
    [ "received", "classshoal_1_1received.html#a65e4a3363aac910611fb0581fde2189c", null ],
    [ "operator=", "classshoal_1_1received.html#af71261b885b6b73f005aec9fa08e12cc", null ],
    [ "operator bool", "classshoal_1_1received.html#a420e60e9788bfa3b52aa3aab72ea3a5e", null ],
    [ "get", "classshoal_1_1received.html#a85ec7b58d0d65f1aff96d8d3d158b929", null ],
    [ "object", "classshoal_1_1received.html#ab786b21c2aa0d5649f4b903b3168bef7", null ],
    [ "mailbox", "classshoal_1_1received.html#a845e0c0a57e4c8548b0d68123cd40088", null ]
];