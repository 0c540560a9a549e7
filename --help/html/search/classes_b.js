var searchData=
[
  ['mailbox_0',['mailbox',['../structshoal_1_1mailbox.html',1,'shoal']]],
  ['metadata_5fhook_1',['metadata_hook',['../structshoal_1_1metadata__hook.html',1,'shoal']]],
  ['mutex_2',['mutex',['../structshoal_1_1mutex.html',1,'shoal']]]
];
