var translated_8hpp =
[
    [ "translated< T >", "classshoal_1_1translated.html", "classshoal_1_1translated" ],
    [ "shoal::word_translation", "conceptshoal_1_1word__translation.html", null ]
];