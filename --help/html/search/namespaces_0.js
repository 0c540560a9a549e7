var searchData=
[
  ['shoal_0',['shoal',['../namespaceshoal.html',1,'']]]
];
