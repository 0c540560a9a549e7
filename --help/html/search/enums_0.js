var searchData=
[
  ['bound_5fpolicy_0',['bound_policy',['../namespaceshoal.html#a6588db9377a950619e5f584930688ec7',1,'shoal']]]
];
