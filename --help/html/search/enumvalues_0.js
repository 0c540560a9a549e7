var searchData=
[
  ['acq_5frel_0',['acq_rel',['../namespaceshoal.html#a2d67af7f41852eaad9153704543c5c9caf3e0f4fa6020c4a1b19d21f32f42020c',1,'shoal']]],
  ['acquire_1',['acquire',['../namespaceshoal.html#a2d67af7f41852eaad9153704543c5c9ca86a4fa105ff51b8c3be84734797d8144',1,'shoal']]],
  ['agent_5flocal_2',['agent_local',['../namespaceshoal.html#a88b3308323ed446a372da5eb6c856bc7a12670b3bae0752c53f56756721023596',1,'shoal']]],
  ['all_3',['all',['../namespaceshoal.html#a4b738ac697679e3a3f8098eee1b281acaa181a603769c1f98ad927e7367c7aa51',1,'shoal']]],
  ['already_5fbound_4',['already_bound',['../namespaceshoal.html#a1f0187a7b32e615cb45a17aaebc565dba3f08cf4c76ec2e11fe764932b0b62a67',1,'shoal']]],
  ['already_5finitialized_5',['already_initialized',['../namespaceshoal.html#a1f0187a7b32e615cb45a17aaebc565dbac400a9425da634214ac0fdf0a61d41e9',1,'shoal']]],
  ['any_6',['any',['../namespaceshoal.html#ab40e6f0ea83870266be067b1d198fc21a100b8cad7cf2a56f6df78f171f97a1ec',1,'shoal']]],
  ['array_7',['array',['../namespaceshoal.html#afecfc02e894dc4d037caa8029d930d0baf1f713c9e000f5d3f280adbd124df4f5',1,'shoal']]],
  ['array_5fof_5fany_8',['array_of_any',['../structshoal_1_1builtin.html#ad54f819bc26fd71e13a5992ac79c8bc0a5f5dbf3a815c4d7e0505e2e3b7186f7f',1,'shoal::builtin']]]
];
