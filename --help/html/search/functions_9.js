var searchData=
[
  ['jemalloc_5fpages_0',['jemalloc_pages',['../namespaceshoal.html#a7528f50ebf6173a928b7d261ef1775b1',1,'shoal']]]
];
