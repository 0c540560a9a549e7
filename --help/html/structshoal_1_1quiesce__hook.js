var structshoal_1_1quiesce__hook =
[
    [ "has_passed", "structshoal_1_1quiesce__hook.html#a0751ad54a71d9be45fbd13cf95fa8547", null ],
    [ "self", "structshoal_1_1quiesce__hook.html#add843125b63b1afec9686fbaa3deb708", null ]
];