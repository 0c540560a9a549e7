var searchData=
[
  ['storage_5fof_0',['storage_of',['../namespaceshoal.html#a17721e7007e8d4684f848528ae300748',1,'shoal']]]
];
