var searchData=
[
  ['mailbox_0',['mailbox',['../classshoal_1_1received.html#a845e0c0a57e4c8548b0d68123cd40088',1,'shoal::received']]],
  ['mutex_1',['mutex',['../classshoal_1_1unlock__token.html#aefba0536ae7301924618b293c04c7e85',1,'shoal::unlock_token']]]
];
