var searchData=
[
  ['grown_0',['grown',['../namespaceshoal.html#afa53fb5aea17206d556dea7209244fc1ae72c4c72f739d5fffa9b7b09b3cdfb61',1,'shoal']]]
];
