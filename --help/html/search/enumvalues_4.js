var searchData=
[
  ['empty_5fkey_0',['empty_key',['../namespaceshoal.html#a1f0187a7b32e615cb45a17aaebc565dbab0f9bf7a9116db08f471bf8fc5eaffdb',1,'shoal']]],
  ['error_1',['error',['../namespaceshoal.html#a6588db9377a950619e5f584930688ec7acb5e100e5a9a3e7f6d1fd97512215282',1,'shoal']]],
  ['exported_2',['exported',['../structshoal_1_1registration__key.html#a7e9cf67199a52c09ed2b9684ab9b7ed2a0d46da78331b684726520dd8d5320f62',1,'shoal::registration_key']]]
];
