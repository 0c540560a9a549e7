var searchData=
[
  ['quiesce_5fhook_0',['quiesce_hook',['../structshoal_1_1quiesce__hook.html',1,'shoal']]]
];
