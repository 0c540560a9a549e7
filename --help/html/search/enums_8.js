var searchData=
[
  ['type_5frights_0',['type_rights',['../namespaceshoal.html#a4b738ac697679e3a3f8098eee1b281ac',1,'shoal']]]
];
