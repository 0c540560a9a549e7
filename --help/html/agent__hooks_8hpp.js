var agent__hooks_8hpp =
[
    [ "agent_hooks", "structshoal_1_1agent__hooks.html", "structshoal_1_1agent__hooks" ]
];