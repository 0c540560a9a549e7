var structshoal_1_1weak__hook =
[
    [ "hold", "structshoal_1_1weak__hook.html#a46f5daa4b5b21ace2c2a761c76aa122b", null ],
    [ "self", "structshoal_1_1weak__hook.html#add843125b63b1afec9686fbaa3deb708", null ]
];