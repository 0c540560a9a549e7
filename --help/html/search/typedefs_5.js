var searchData=
[
  ['value_0',['value',['../classshoal_1_1translated.html#aeb5613aa14720be2aff2499f5a59544e',1,'shoal::translated::value()'],['../namespaceshoal.html#a6c14c8841b352cea8f65037ccaf6a774',1,'shoal::value()']]]
];
