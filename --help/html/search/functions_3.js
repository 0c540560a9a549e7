var searchData=
[
  ['data_0',['data',['../classshoal_1_1buffer.html#a350019eabadc6614a86aab52ae90af14',1,'shoal::buffer::data()'],['../classshoal_1_1reserved__table.html#a03af70c3e492a588243370fdfd1087b2',1,'shoal::reserved_table::data()'],['../classshoal_1_1buffer.html#a9eaee4e9a7b7b5ea5372a3c7aae5b262',1,'shoal::buffer::data()']]],
  ['datum_5fof_5fobject_1',['datum_of_object',['../namespaceshoal.html#acb6b3f556c4e1e7e7b1554992929cb52',1,'shoal']]],
  ['debug_5fskip_5fidentities_2',['debug_skip_identities',['../classshoal_1_1local__space.html#ad664ac5a79f42365e4dbaad09a3665b9',1,'shoal::local_space']]],
  ['debug_5ftrace_3',['debug_trace',['../classshoal_1_1agent.html#ab4100c73a2cfe126df873e30deba3657',1,'shoal::agent']]],
  ['debug_5ftrace_5fevery_4',['debug_trace_every',['../classshoal_1_1cluster.html#a6fe94c77545430445284c7412a0d91c9',1,'shoal::cluster']]],
  ['debug_5fverify_5',['debug_verify',['../classshoal_1_1agent.html#a3ceba0ce7e2eace0861c4524964ed3c0',1,'shoal::agent']]],
  ['declare_6',['declare',['../classshoal_1_1type__space.html#a67472126893d752674fb5ef1d7a5d8b6',1,'shoal::type_space::declare(std::string_view name, const field_list &amp;fields, type extends={}) noexcept'],['../classshoal_1_1type__space.html#aa6325a358531cba8f4219939530ab720',1,'shoal::type_space::declare(const type_spec &amp;spec) noexcept'],['../classshoal_1_1agent.html#a830ad3d0724fe9e6e2c5cf53c3cd6675',1,'shoal::agent::declare(std::string_view name, field_list fields) noexcept'],['../classshoal_1_1agent.html#aa6325a358531cba8f4219939530ab720',1,'shoal::agent::declare(const type_spec &amp;spec) noexcept']]],
  ['declare_5farray_7',['declare_array',['../classshoal_1_1type__space.html#a874f5c34520646c90ed70d60a31ca2aa',1,'shoal::type_space::declare_array(const array_spec &amp;spec) noexcept'],['../classshoal_1_1type__space.html#a5f0b32d584fe2b0f9d50f239e3959074',1,'shoal::type_space::declare_array(field_kind element, type ref_type={}) noexcept']]],
  ['decode_8',['decode',['../namespaceshoal.html#a265ad2551e2c1be6105f5ccf8897b4db',1,'shoal']]],
  ['describe_9',['describe',['../structshoal_1_1empty__host.html#ab3191c3576225dd88c3132ae72ca95d0',1,'shoal::empty_host']]],
  ['destroy_10',['destroy',['../namespaceshoal.html#a5fcf81a52b410d4186bab9d000b8ab87',1,'shoal']]],
  ['detach_11',['detach',['../classshoal_1_1attachment.html#a73297c06d2e46aabfc221152bd61ca69',1,'shoal::attachment']]],
  ['disown_5fbound_12',['disown_bound',['../classshoal_1_1local__context.html#a13ff65cdd625d1ee0f4452c0a65d2036',1,'shoal::local_context']]],
  ['dispatch_13',['dispatch',['../classshoal_1_1dispatch.html#a148e6e03c3ef360f998d6afbf6f67a9d',1,'shoal::dispatch']]],
  ['drop_5fslot_14',['drop_slot',['../classshoal_1_1heap__context.html#a67267cb734c8aa6678091de603843d39',1,'shoal::heap_context']]]
];
