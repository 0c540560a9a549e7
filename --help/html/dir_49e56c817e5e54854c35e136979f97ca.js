var dir_49e56c817e5e54854c35e136979f97ca =
[
    [ "explanation", "dir_4d8840aee6a70be17aba36ac201903bf.html", null ],
    [ "how-to", "dir_d2fe00e7b513cd46472408dcdd3e1a48.html", null ],
    [ "reference", "dir_3023c0a2bf5f8a69a2e782253c163d72.html", null ],
    [ "tutorial", "dir_e1a497cca65ccf37bc42759cf68ea0a9.html", null ]
];