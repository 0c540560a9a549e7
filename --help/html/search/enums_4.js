var searchData=
[
  ['memory_5forder_0',['memory_order',['../namespaceshoal.html#a2d67af7f41852eaad9153704543c5c9c',1,'shoal']]],
  ['mismatch_5fpolicy_1',['mismatch_policy',['../namespaceshoal.html#a236f18628f7b6ee82c38ab3ae0f3f181',1,'shoal']]]
];
