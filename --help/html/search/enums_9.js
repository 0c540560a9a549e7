var searchData=
[
  ['value_5fkind_0',['value_kind',['../namespaceshoal.html#abcb619add2b995c1b27e57f4f319a534',1,'shoal']]]
];
