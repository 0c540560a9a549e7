var searchData=
[
  ['mailbox_0',['mailbox',['../structshoal_1_1builtin.html#ad54f819bc26fd71e13a5992ac79c8bc0a02bed7c277d00dd4e8c7a43c3c3a7d5e',1,'shoal::builtin::mailbox()'],['../namespaceshoal.html#afecfc02e894dc4d037caa8029d930d0ba729e78ea31a64edbe403f9edcbd82602',1,'shoal::mailbox()']]],
  ['misaligned_5ffield_1',['misaligned_field',['../namespaceshoal.html#a1f0187a7b32e615cb45a17aaebc565dba0ae1a873b03d2a7ebd3af35be0d08e93',1,'shoal']]],
  ['mixed_5foffsets_2',['mixed_offsets',['../namespaceshoal.html#a1f0187a7b32e615cb45a17aaebc565dbae207dda4d51bc7ef9d83774c4c0e6249',1,'shoal']]],
  ['move_5fall_3',['move_all',['../classshoal_1_1parking__lot.html#a0b6b29bdb449c81f8a0854a58f4f7dd9a14a5103ba3a8262c2af10e5cba84865f',1,'shoal::parking_lot']]],
  ['mutex_4',['mutex',['../structshoal_1_1builtin.html#ad54f819bc26fd71e13a5992ac79c8bc0a0f9c24730e03031173d7ff608e63cdf2',1,'shoal::builtin::mutex()'],['../namespaceshoal.html#afecfc02e894dc4d037caa8029d930d0ba25a01bb859125507013a2fe9737d3c32',1,'shoal::mutex()']]]
];
