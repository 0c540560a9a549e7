var searchData=
[
  ['wake_5fall_0',['wake_all',['../classshoal_1_1parking__lot.html#a0b6b29bdb449c81f8a0854a58f4f7dd9ab785bc54f0c2fffafb96fcf05fa2fddf',1,'shoal::parking_lot']]],
  ['wake_5ffirst_1',['wake_first',['../classshoal_1_1parking__lot.html#a0b6b29bdb449c81f8a0854a58f4f7dd9a69a80eee682b39f7158e5189857cf278',1,'shoal::parking_lot']]],
  ['word_2',['word',['../structshoal_1_1datum.html#a7e9cf67199a52c09ed2b9684ab9b7ed2ac47d187067c6cf953245f128b5fde62a',1,'shoal::datum']]],
  ['would_5fdeadlock_3',['would_deadlock',['../namespaceshoal.html#a1f0187a7b32e615cb45a17aaebc565dba25be161e33ffaf345e9c316ea3039f44',1,'shoal']]],
  ['wrong_5fagent_4',['wrong_agent',['../namespaceshoal.html#a1f0187a7b32e615cb45a17aaebc565dbad82a7cd781805973d59a3b642aeee4c2',1,'shoal']]],
  ['wrong_5fkind_5',['wrong_kind',['../namespaceshoal.html#a1f0187a7b32e615cb45a17aaebc565dba075b148c498c6ab9bacdf6d8466e987d',1,'shoal']]],
  ['wrong_5ftype_6',['wrong_type',['../namespaceshoal.html#a1f0187a7b32e615cb45a17aaebc565dba8b94a2112572cffb77f184425acc8dd7',1,'shoal']]]
];
