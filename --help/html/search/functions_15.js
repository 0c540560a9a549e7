var searchData=
[
  ['wait_0',['wait',['../structshoal_1_1condition.html#a3c92fb79122b5349e214695c9a5fd706',1,'shoal::condition::wait()'],['../structshoal_1_1wait__queue.html#a70bbc2d161ce37c4ab9a934d304cfc4c',1,'shoal::wait_queue::wait(agent &amp;by, const local &amp;object, typed_field&lt; T &gt; where, std::type_identity_t&lt; std::remove_const_t&lt; T &gt; &gt; expected, deadline until=deadline::never(), order_constant&lt; O &gt; o={}) noexcept'],['../structshoal_1_1wait__queue.html#a6e628bf1f80909addc39fee49837a0d9',1,'shoal::wait_queue::wait(agent &amp;by, const local &amp;object, const field &amp;where, const datum &amp;expected, deadline until=deadline::never(), order_constant&lt; O &gt; o={}) noexcept'],['../structshoal_1_1wait__queue.html#ad3f270b5d46efb4a04cb151556040686',1,'shoal::wait_queue::wait(agent &amp;by, const element_place &amp;where, const datum &amp;expected, deadline until=deadline::never(), order_constant&lt; O &gt; o={}) noexcept'],['../structshoal_1_1wait__queue.html#ac4cc92f47a21edb84a11b18ac718f5d4',1,'shoal::wait_queue::wait(agent &amp;by, const agent_local &amp;where, std::uint64_t expected, deadline until=deadline::never()) noexcept'],['../classshoal_1_1wait__word.html#a8b55d00ec0d970ffdad0a29c136ce900',1,'shoal::wait_word::wait()']]],
  ['wait_5ffor_1',['wait_for',['../classshoal_1_1agent.html#af2b13867986a9182d5d89186f86a182c',1,'shoal::agent::wait_for()'],['../structshoal_1_1condition.html#a29b91d5a832e5a965f23466ac77462c6',1,'shoal::condition::wait_for()']]],
  ['waiting_2',['waiting',['../classshoal_1_1parking__lot.html#acf28464c747f150621709e9c5661644a',1,'shoal::parking_lot']]],
  ['wake_3',['wake',['../classshoal_1_1waker.html#a91bf5d8ad0c67c1ae90e6893922c4ead',1,'shoal::waker']]],
  ['wake_5fall_4',['wake_all',['../classshoal_1_1wait__word.html#ac00c41bf20c0847715d6d0298aca1122',1,'shoal::wait_word']]],
  ['wake_5fone_5',['wake_one',['../classshoal_1_1wait__word.html#ae48bee12ca4bff283b71bc2d78c34222',1,'shoal::wait_word']]],
  ['waker_6',['waker',['../classshoal_1_1waker.html#aa3fc30c00007e9e143876f1bc5e32bc3',1,'shoal::waker']]],
  ['wakes_7',['wakes',['../classshoal_1_1agent.html#aa3a631de87299987f3c097c59cd747d3',1,'shoal::agent']]],
  ['was_5fabandoned_8',['was_abandoned',['../classshoal_1_1unlock__token.html#ab2aaffc9f2410f45c62621ae518fa80d',1,'shoal::unlock_token']]],
  ['weak_5fhandle_9',['weak_handle',['../classshoal_1_1weak__handle.html#aa368613df02458fc13be1cfeb88dc4bb',1,'shoal::weak_handle::weak_handle() noexcept=default'],['../classshoal_1_1weak__handle.html#abb186829277ad133ec2ae24197eeafde',1,'shoal::weak_handle::weak_handle(heap_context &amp;context, const reference &amp;object) noexcept'],['../classshoal_1_1weak__handle.html#a7a689ad7722ddde04e4b68ec7248525e',1,'shoal::weak_handle::weak_handle(weak_handle &amp;&amp;) noexcept=default']]],
  ['with_5fkind_10',['with_kind',['../namespaceshoal.html#aa75c14b83adf89f38473883f0aa59cba',1,'shoal']]],
  ['word_11',['word',['../classshoal_1_1prototype.html#a866d71d01885ed8a851fa6bb3c6a1e14',1,'shoal::prototype::word()'],['../classshoal_1_1basic__value.html#a866d71d01885ed8a851fa6bb3c6a1e14',1,'shoal::basic_value::word()']]],
  ['words_12',['words',['../classshoal_1_1cluster.html#a52ddfd4b21a79e07d2232c3aa79b49ad',1,'shoal::cluster::words()'],['../classshoal_1_1heap.html#a52ddfd4b21a79e07d2232c3aa79b49ad',1,'shoal::heap::words()']]],
  ['write_5farray_5flength_13',['write_array_length',['../namespaceshoal.html#ac770b65ca6955a3840ef1e02a2e9bd47',1,'shoal']]],
  ['write_5fboxed_5finteger_14',['write_boxed_integer',['../namespaceshoal.html#ac9194411a4f79f16ba24d29062b52436',1,'shoal']]],
  ['write_5fheader_15',['write_header',['../namespaceshoal.html#a925efc58bc46152aad481c60cfcc051d',1,'shoal']]],
  ['write_5fstring_16',['write_string',['../namespaceshoal.html#a519de2d2e1e7a74dd23de578a7b16706',1,'shoal']]],
  ['write_5fthread_5fbound_17',['write_thread_bound',['../namespaceshoal.html#a61337bfe3509aade37a5d527ba95a750',1,'shoal']]],
  ['write_5ftype_5fhandle_18',['write_type_handle',['../namespaceshoal.html#a9f3dfd387b9bd436abd96eaf4a13d8c8',1,'shoal']]]
];
