var searchData=
[
  ['parent_0',['parent',['../classshoal_1_1type.html#ab7128dfabb827da13821d354cd7a0cea',1,'shoal::type']]],
  ['park_1',['park',['../classshoal_1_1parking__lot.html#a68be5ce3381f414f65905a188ab2267c',1,'shoal::parking_lot::park(agent &amp;by, const detail::park_spot &amp;at, Validate &amp;&amp;validate, Confirm &amp;&amp;confirm, Gone &amp;&amp;gone, deadline until, std::uint64_t &amp;token) noexcept'],['../classshoal_1_1parking__lot.html#a8007b87138582570a8e47d3bf0691da3',1,'shoal::parking_lot::park(agent &amp;by, const detail::park_spot &amp;at, Validate &amp;&amp;validate, Gone &amp;&amp;gone, deadline until, std::uint64_t &amp;token) noexcept']]],
  ['parking_5flot_2',['parking_lot',['../classshoal_1_1parking__lot.html#ac1984441001c3a29580dcaee0c17e575',1,'shoal::parking_lot']]],
  ['payload_3',['payload',['../classshoal_1_1payload.html#a284f108f49b6be3e92ac88249463964a',1,'shoal::payload::payload() noexcept=default'],['../classshoal_1_1payload.html#a5499cbe4e5f836cb7d7938260a09b081',1,'shoal::payload::payload(const payload &amp;)=delete']]],
  ['peek_4',['peek',['../classshoal_1_1realm.html#a6d690c025851aaa36a86b6af023ec211',1,'shoal::realm']]],
  ['pending_5',['pending',['../structshoal_1_1resolve__answer.html#af4348809c6d05918761f41b2da72aa39',1,'shoal::resolve_answer']]],
  ['policy_5fof_6',['policy_of',['../namespaceshoal.html#ac7366d66e34848df0ec386a1475dbb5e',1,'shoal']]],
  ['poll_7',['poll',['../classshoal_1_1agent.html#a7d00308fbe53c6d491e554e1e24c44ac',1,'shoal::agent']]],
  ['pop_8',['pop',['../classshoal_1_1buffer.html#a52e56cc8af2dd99870cbc22eb828443a',1,'shoal::buffer']]],
  ['post_9',['post',['../classshoal_1_1agent.html#a9016baddae1fac342c7469caede624a8',1,'shoal::agent']]],
  ['post_5ftask_10',['post_task',['../structshoal_1_1empty__host.html#a9b48de1f59e1be569353be3490660deb',1,'shoal::empty_host']]],
  ['prepare_5ffence_5fheavy_11',['prepare_fence_heavy',['../namespaceshoal.html#ae7da96629896212b59b43e4a93d22c17',1,'shoal']]],
  ['prototype_12',['prototype',['../classshoal_1_1prototype.html#a56fcabb2effa516fe97b415fdff589f4',1,'shoal::prototype::prototype() noexcept=default'],['../classshoal_1_1prototype.html#ae374fbc6610fc8d905f6090af8a78ccc',1,'shoal::prototype::prototype(std::uint64_t word) noexcept']]],
  ['prototype_5fof_13',['prototype_of',['../classshoal_1_1agent.html#a60a4f415b30fd11a924cc56b76da29d7',1,'shoal::agent::prototype_of()'],['../classshoal_1_1realm.html#ab1ab6af4b88bbc624444fad38fecc7c3',1,'shoal::realm::prototype_of(local_context &amp;context, const void *object) noexcept']]],
  ['prototype_5fof_5ftype_14',['prototype_of_type',['../classshoal_1_1realm.html#aac510328057fb8cf421a01db95ced7fe',1,'shoal::realm']]]
];
