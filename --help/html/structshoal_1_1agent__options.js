var structshoal_1_1agent__options =
[
    [ "role", "structshoal_1_1agent__options.html#a9210ccbe88bb6a845b05fec8af6f0746", null ],
    [ "hooks", "structshoal_1_1agent__options.html#abb318192981fbf640f3292fdff1c79a3", null ],
    [ "shared_realm", "structshoal_1_1agent__options.html#a6ac3ebc1500ec083cf9cb69799b644e2", null ],
    [ "parked", "structshoal_1_1agent__options.html#a46513caba00daefd5c47cd8bbb8731c5", null ],
    [ "may_block", "structshoal_1_1agent__options.html#a40a289d5c46f6723cb2d6ae1ad4e47e8", null ],
    [ "may_nest", "structshoal_1_1agent__options.html#ac4230ce090399c0025b43f8a589e2327", null ],
    [ "version", "structshoal_1_1agent__options.html#a36f08fe961cffe82e5d1d6d8eefb66b5", null ]
];