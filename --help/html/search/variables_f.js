var searchData=
[
  ['quick_5fbytes_0',['quick_bytes',['../structshoal_1_1limits.html#ae58f36f8b5948439c8f1e271c0c1d96e',1,'shoal::limits::quick_bytes()'],['../structshoal_1_1blueprint.html#a857ffcf7d34cae42fd16d20e299167d2',1,'shoal::blueprint::quick_bytes()'],['../structshoal_1_1descriptor.html#a857ffcf7d34cae42fd16d20e299167d2',1,'shoal::descriptor::quick_bytes()']]],
  ['quiesce_1',['quiesce',['../structshoal_1_1type__space__options.html#a4425a938bc143b835919430ab180c048',1,'shoal::type_space_options']]]
];
