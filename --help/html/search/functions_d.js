var searchData=
[
  ['name_0',['name',['../classshoal_1_1type.html#a230fbeae48c7cbad795f22e6cf6f9d2e',1,'shoal::type']]],
  ['name_5fof_1',['name_of',['../namespaceshoal.html#af039ca08796653ad1e04bcec84138139',1,'shoal::name_of(field_kind kind) noexcept'],['../namespaceshoal.html#ab3e6459b453f277ea705bc9a6976ed3f',1,'shoal::name_of(shape what) noexcept'],['../namespaceshoal.html#aabbdcf08de16c38b803897a1c2eba717',1,'shoal::name_of(datum::form form) noexcept'],['../namespaceshoal.html#a1cbdf93aa4ace3f0b32022ad17560ddf',1,'shoal::name_of(errc code) noexcept']]],
  ['nanoseconds_2',['nanoseconds',['../classshoal_1_1deadline.html#a3a22f598e57b53c78f1a12d66fc149ab',1,'shoal::deadline']]],
  ['native_3',['native',['../structshoal_1_1order__constant.html#ac94fba7fcf6a11ef1aff971ab313e28d',1,'shoal::order_constant']]],
  ['never_4',['never',['../classshoal_1_1deadline.html#aab5952ee71393d551043e4338bf4b8b7',1,'shoal::deadline']]],
  ['next_5fidentity_5',['next_identity',['../classshoal_1_1local__space.html#a074aec12598649586fca6c6e2e578895',1,'shoal::local_space']]],
  ['no_5fprototype_6',['no_prototype',['../structshoal_1_1resolve__answer.html#a8e0550f53fa4ce1933132ff02e1fbd63',1,'shoal::resolve_answer']]],
  ['notify_7',['notify',['../structshoal_1_1condition.html#ad23933888b619eddbed87babb3e338cd',1,'shoal::condition::notify()'],['../classshoal_1_1parking__lot.html#a51ccabda31c05946641aead529cabef6',1,'shoal::parking_lot::notify()'],['../structshoal_1_1wait__queue.html#a82bed1b10f067123ccc3b0724e3f59f8',1,'shoal::wait_queue::notify(agent &amp;by, const local &amp;object, typed_field&lt; T &gt; where, std::size_t n=all) noexcept'],['../structshoal_1_1wait__queue.html#a6c58a6618dd89abca5a1463af7a75446',1,'shoal::wait_queue::notify(agent &amp;by, const local &amp;object, const field &amp;where, std::size_t n=all) noexcept'],['../structshoal_1_1wait__queue.html#af8158bf7bfdcde54e7e0e2151e8b8430',1,'shoal::wait_queue::notify(agent &amp;by, const element_place &amp;where, std::size_t n=all) noexcept'],['../structshoal_1_1wait__queue.html#a0c35bd88eebc43e46956d2bbc62edb59',1,'shoal::wait_queue::notify(agent &amp;by, const agent_local &amp;where, std::size_t n=all) noexcept']]],
  ['now_8',['now',['../classshoal_1_1deadline.html#af601e2c301d47d64303d60e982081331',1,'shoal::deadline']]],
  ['null_9',['null',['../structshoal_1_1datum.html#a9719c86b970b7d486ec3050c28c4ade4',1,'shoal::datum::null()'],['../classshoal_1_1basic__value.html#a4b91cd5c2d43948783dddf74f777e2b3',1,'shoal::basic_value::null()']]]
];
