var searchData=
[
  ['dispatch_5fcall_0',['dispatch_call',['../namespaceshoal.html#a6ea40b1bbdb292f245da7fecc75a62a9',1,'shoal']]]
];
