var classshoal_1_1translated =
[
    [ "value", "classshoal_1_1translated.html#aeb5613aa14720be2aff2499f5a59544e", null ],
    [ "translated", "classshoal_1_1translated.html#a220ed587b6bfdf9340845740759faa65", null ],
    [ "load", "classshoal_1_1translated.html#a4dcf47c2a4e3f1a054191ae9c8878c27", null ],
    [ "store", "classshoal_1_1translated.html#aa4340d768167e88eaeb97bdd2d9aa456", null ],
    [ "exchange", "classshoal_1_1translated.html#a77576f26b2d4bfd8bf1d9313216cdaa6", null ],
    [ "compare_exchange", "classshoal_1_1translated.html#aac77daafd232caef3dbd6d505c1f6f17", null ]
];