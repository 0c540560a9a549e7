var structshoal_1_1local__hooks =
[
    [ "self", "structshoal_1_1local__hooks.html#add843125b63b1afec9686fbaa3deb708", null ],
    [ "release", "structshoal_1_1local__hooks.html#ab1c7f4b7601e3cc054138094adc3348a", null ],
    [ "resolve_prototype", "structshoal_1_1local__hooks.html#a5fee529bf23966488548c30860ab8aa5", null ]
];