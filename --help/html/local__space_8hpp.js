var local__space_8hpp =
[
    [ "agent_local", "structshoal_1_1agent__local.html", "structshoal_1_1agent__local" ],
    [ "local_space", "classshoal_1_1local__space.html", "classshoal_1_1local__space" ]
];