var searchData=
[
  ['realm_5ftable_0',['realm_table',['../namespaceshoal.html#afa53fb5aea17206d556dea7209244fc1',1,'shoal']]],
  ['released_1',['released',['../namespaceshoal.html#a88b3308323ed446a372da5eb6c856bc7',1,'shoal']]]
];
