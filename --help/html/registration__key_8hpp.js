var registration__key_8hpp =
[
    [ "registration_key", "structshoal_1_1registration__key.html", "structshoal_1_1registration__key" ],
    [ "hash_of", "namespaceshoal.html#a217e9a70402217ba68a0a09ffca03dc6", null ]
];