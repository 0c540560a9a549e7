var searchData=
[
  ['wait_5fqueue_0',['wait_queue',['../structshoal_1_1wait__queue.html',1,'shoal']]],
  ['wait_5fword_1',['wait_word',['../classshoal_1_1wait__word.html',1,'shoal']]],
  ['waker_2',['waker',['../classshoal_1_1waker.html',1,'shoal']]],
  ['weak_5fhandle_3',['weak_handle',['../classshoal_1_1weak__handle.html',1,'shoal']]],
  ['weak_5fhook_4',['weak_hook',['../structshoal_1_1weak__hook.html',1,'shoal']]],
  ['weak_5fvisitor_5',['weak_visitor',['../classshoal_1_1weak__visitor.html',1,'shoal']]]
];
