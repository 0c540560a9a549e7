var classshoal_1_1error =
[
    [ "error", "classshoal_1_1error.html#a2967caeafe81078b54ba5ebeab719628", null ],
    [ "error", "classshoal_1_1error.html#a461265677756b87ac3f174fd1810d461", null ],
    [ "about", "classshoal_1_1error.html#a31e516a0e67d0471060c503cf9499f2b", null ],
    [ "code", "classshoal_1_1error.html#a7a1cd4e94c44b3770147bb5177de5242", null ],
    [ "field", "classshoal_1_1error.html#a85df098f6a71a49a73cd020954431ec9", null ],
    [ "message", "classshoal_1_1error.html#a5cfbd751af2d73ad0be5582d4e5194d2", null ],
    [ "no_field", "classshoal_1_1error.html#af3538813344a9b1297f24c753c1818ea", null ]
];