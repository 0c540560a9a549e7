var classshoal_1_1dispatch =
[
    [ "dispatch", "classshoal_1_1dispatch.html#a148e6e03c3ef360f998d6afbf6f67a9d", null ],
    [ "~dispatch", "classshoal_1_1dispatch.html#adb4d1a0247747d8609cbcc856193b4d8", null ],
    [ "operator=", "classshoal_1_1dispatch.html#a2d0d3f4b030f7ed2049de9a82505df96", null ],
    [ "has_ended", "classshoal_1_1dispatch.html#ab9c49190365976f79740e5b6e3d86c93", null ],
    [ "message", "classshoal_1_1dispatch.html#a463c136798362279465836be3e6865d8", null ],
    [ "agent", "classshoal_1_1dispatch.html#af0aea1326646b6e786d9826fb988049a", null ]
];