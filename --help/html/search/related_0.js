var searchData=
[
  ['agent_0',['agent',['../classshoal_1_1cluster.html#af0aea1326646b6e786d9826fb988049a',1,'shoal::cluster::agent()'],['../classshoal_1_1dispatch.html#af0aea1326646b6e786d9826fb988049a',1,'shoal::dispatch::agent()'],['../classshoal_1_1waker.html#af0aea1326646b6e786d9826fb988049a',1,'shoal::waker::agent()']]],
  ['attachment_1',['attachment',['../classshoal_1_1agent.html#a40e00d718a0ac645b4b9ffdb55666fe1',1,'shoal::agent::attachment()'],['../classshoal_1_1cluster.html#a40e00d718a0ac645b4b9ffdb55666fe1',1,'shoal::cluster::attachment()']]]
];
