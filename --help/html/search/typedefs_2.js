var searchData=
[
  ['field_5flist_0',['field_list',['../namespaceshoal.html#ad1dfce5ba4519bc10c35d7c48c5c296d',1,'shoal']]]
];
