var searchData=
[
  ['limits_0',['limits',['../structshoal_1_1limits.html',1,'shoal']]],
  ['local_1',['local',['../classshoal_1_1local.html',1,'shoal']]],
  ['local_5fcontext_2',['local_context',['../classshoal_1_1local__context.html',1,'shoal']]],
  ['local_5fhooks_3',['local_hooks',['../structshoal_1_1local__hooks.html',1,'shoal']]],
  ['local_5fspace_4',['local_space',['../classshoal_1_1local__space.html',1,'shoal']]],
  ['lock_5',['lock',['../classshoal_1_1lock.html',1,'shoal']]],
  ['locked_6',['locked',['../classshoal_1_1locked.html',1,'shoal']]]
];
