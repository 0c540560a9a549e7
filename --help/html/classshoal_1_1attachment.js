var classshoal_1_1attachment =
[
    [ "attachment", "classshoal_1_1attachment.html#abdf8b15ee2e30aa59a2105fc88d023b5", null ],
    [ "~attachment", "classshoal_1_1attachment.html#a7ac52d449d56451316c03a2779a1b5b9", null ],
    [ "operator=", "classshoal_1_1attachment.html#ae8061f5adb13f18482cf7a20c73064bf", null ],
    [ "operator*", "classshoal_1_1attachment.html#a591446ea995190f3888df3b55e6496db", null ],
    [ "operator->", "classshoal_1_1attachment.html#a972167c2255340e3abbbee0762b7f0df", null ],
    [ "get", "classshoal_1_1attachment.html#a93fc9497e3ee1eddf348edca2b460e49", null ],
    [ "detach", "classshoal_1_1attachment.html#a73297c06d2e46aabfc221152bd61ca69", null ],
    [ "cluster", "classshoal_1_1attachment.html#a93941955d9d15030232a5aaa08bb9afa", null ]
];