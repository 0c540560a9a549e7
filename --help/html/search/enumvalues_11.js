var searchData=
[
  ['v128_0',['v128',['../namespaceshoal.html#ab40e6f0ea83870266be067b1d198fc21a149699e0ffa3e53567c66b3844892cb2',1,'shoal']]],
  ['vector_1',['vector',['../structshoal_1_1datum.html#a7e9cf67199a52c09ed2b9684ab9b7ed2a6ba8844da718b4a65f60dbfd0d92d6ef',1,'shoal::datum']]],
  ['version_5fmismatch_2',['version_mismatch',['../namespaceshoal.html#a1f0187a7b32e615cb45a17aaebc565dbad38e11e056acf4b000c0551047b7171a',1,'shoal']]]
];
