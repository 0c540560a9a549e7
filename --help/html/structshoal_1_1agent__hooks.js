var structshoal_1_1agent__hooks =
[
    [ "self", "structshoal_1_1agent__hooks.html#add843125b63b1afec9686fbaa3deb708", null ],
    [ "release", "structshoal_1_1agent__hooks.html#ac94f3d938afa94003a3c7a47cbdddc53", null ],
    [ "resolve_prototype", "structshoal_1_1agent__hooks.html#aa5498c75a5743692eb8e143c8ff47e16", null ],
    [ "visit_roots", "structshoal_1_1agent__hooks.html#aaa0c55087bf390fe5d41787b4c93748a", null ],
    [ "post_task", "structshoal_1_1agent__hooks.html#a52a6782238638eebc6bf05be81064b03", null ],
    [ "describe", "structshoal_1_1agent__hooks.html#aa8ffdcf4ef3d86d699a6dcec0d74b30d", null ]
];