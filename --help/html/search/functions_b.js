var searchData=
[
  ['leave_0',['leave',['../classshoal_1_1agent.html#a5dcf77bc1ae90900f9669f0b47c613ea',1,'shoal::agent']]],
  ['length_1',['length',['../classshoal_1_1elements.html#a56f52526dfc0229d6096c07e05bb0d6d',1,'shoal::elements::length()'],['../classshoal_1_1string__view.html#a56f52526dfc0229d6096c07e05bb0d6d',1,'shoal::string_view::length()']]],
  ['live_5fhandles_2',['live_handles',['../classshoal_1_1heap__context.html#a16595883b5666726876a72642640694b',1,'shoal::heap_context']]],
  ['load_3',['load',['../classshoal_1_1agent.html#a9efd1fdc3e8895e0e71f81fd53efff9b',1,'shoal::agent::load(const reference &amp;object, typed_field&lt; T &gt; where, order_constant&lt; O &gt; o={}) noexcept'],['../classshoal_1_1agent.html#af45a5f05bd925e0d127a326e2cd0b990',1,'shoal::agent::load(const reference &amp;object, const field &amp;where, order_constant&lt; O &gt; o={}) noexcept'],['../classshoal_1_1cell.html#aa056e8dac097f76bd7a18c5fde85f39c',1,'shoal::cell::load()'],['../classshoal_1_1translated.html#a4dcf47c2a4e3f1a054191ae9c8878c27',1,'shoal::translated::load()']]],
  ['load_5fany_4',['load_any',['../namespaceshoal.html#aa4825cc254a0ccfd075b98d646d43bf9',1,'shoal']]],
  ['load_5fgeneric_5',['load_generic',['../namespaceshoal.html#ae4d58d74b4cbbd41ed2cf51ed5bf412d',1,'shoal']]],
  ['load_5fref_6',['load_ref',['../namespaceshoal.html#a37d71e944716c7ef5e4004e27aa3eed1',1,'shoal']]],
  ['load_5fscalar_7',['load_scalar',['../namespaceshoal.html#a25142530b62c8f5b4c939bedc538fb66',1,'shoal']]],
  ['local_8',['local',['../classshoal_1_1local.html#a778e3b436c47458a75def6adedd78c81',1,'shoal::local']]],
  ['local_5fcontext_9',['local_context',['../classshoal_1_1local__context.html#a105a360fe8ad4d0a66d3348e9ebd6518',1,'shoal::local_context::local_context(const local_context &amp;)=delete'],['../classshoal_1_1local__context.html#aad99bf02b8fe2ed0d25b1013cc0e5fda',1,'shoal::local_context::local_context(local_space &amp;space) noexcept']]],
  ['local_5fspace_10',['local_space',['../classshoal_1_1local__space.html#a743b1e7fa851e52ac057b92c50c45550',1,'shoal::local_space']]],
  ['locals_11',['locals',['../classshoal_1_1agent.html#aaa1d1fee20d9e24fecc65ba7caf233c7',1,'shoal::agent::locals()'],['../classshoal_1_1cluster.html#ad9865c1e80177b8a1e69d441d87dc13d',1,'shoal::cluster::locals()']]],
  ['lock_12',['lock',['../structshoal_1_1mutex.html#ab2a4472ff31b86f61c1b63d0578d8a92',1,'shoal::mutex']]],
  ['locked_13',['locked',['../classshoal_1_1locked.html#a6afbd89308cee9cc50a388207a6f598a',1,'shoal::locked::locked(lock &amp;held) noexcept'],['../classshoal_1_1locked.html#a252b2521e43e2ff4b9d250a9e55bb77a',1,'shoal::locked::locked(const locked &amp;)=delete']]],
  ['look_5fup_14',['look_up',['../classshoal_1_1realm.html#a29fda52968185fb0bca636339b1fc758',1,'shoal::realm']]]
];
