var searchData=
[
  ['datum_0',['datum',['../structshoal_1_1datum.html',1,'shoal']]],
  ['deadline_1',['deadline',['../classshoal_1_1deadline.html',1,'shoal']]],
  ['decision_2',['decision',['../structshoal_1_1parking__lot_1_1decision.html',1,'shoal::parking_lot']]],
  ['descriptor_3',['descriptor',['../structshoal_1_1descriptor.html',1,'shoal']]],
  ['dispatch_4',['dispatch',['../classshoal_1_1dispatch.html',1,'shoal']]],
  ['dispatch_5fmessage_5',['dispatch_message',['../structshoal_1_1dispatch__message.html',1,'shoal']]]
];
