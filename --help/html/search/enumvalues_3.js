var searchData=
[
  ['deadlock_0',['deadlock',['../namespaceshoal.html#a1f0187a7b32e615cb45a17aaebc565dba34007050c21d09c2760c8c64d291e18e',1,'shoal']]],
  ['dispatch_1',['dispatch',['../namespaceshoal.html#a6588db9377a950619e5f584930688ec7a9dddf2a4f7d94594ec2ea98407a410e1',1,'shoal']]],
  ['dispatch_5ffailed_2',['dispatch_failed',['../namespaceshoal.html#a1f0187a7b32e615cb45a17aaebc565dba76e5a5d01a3f0d5d6843710fde37ad30',1,'shoal']]],
  ['duplicate_5ffield_3',['duplicate_field',['../namespaceshoal.html#a1f0187a7b32e615cb45a17aaebc565dba022b60ffafac1b146237b46b18178207',1,'shoal']]]
];
