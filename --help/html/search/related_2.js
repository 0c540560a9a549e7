var searchData=
[
  ['cluster_0',['cluster',['../classshoal_1_1attachment.html#a93941955d9d15030232a5aaa08bb9afa',1,'shoal::attachment']]],
  ['cohort_1',['cohort',['../classshoal_1_1type__space.html#a9d9b8d333fb93a0aa12962c209c97df8',1,'shoal::type_space']]],
  ['condition_2',['condition',['../classshoal_1_1unlock__token.html#ab27a87abadfae7a133147398c76b360e',1,'shoal::unlock_token']]]
];
