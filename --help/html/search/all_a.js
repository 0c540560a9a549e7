var searchData=
[
  ['key_0',['key',['../structshoal_1_1field__entry.html#ad832c94388b6c91d2ffe3f77008af6b5',1,'shoal::field_entry::key()'],['../structshoal_1_1field__spec.html#ad832c94388b6c91d2ffe3f77008af6b5',1,'shoal::field_spec::key()']]],
  ['keyed_5ftable_1',['keyed_table',['../classshoal_1_1keyed__table.html#a9383eb24f5e4fa3503a68e8aaa08988d',1,'shoal::keyed_table::keyed_table(const metadata_hook &amp;memory) noexcept'],['../classshoal_1_1keyed__table.html#aa0c1715dee9585c11a158f3b61ffe45f',1,'shoal::keyed_table::keyed_table(const keyed_table &amp;)=delete'],['../classshoal_1_1keyed__table.html',1,'keyed_table&lt; Entry &gt;']]],
  ['keyed_5ftable_2ehpp_2',['keyed_table.hpp',['../keyed__table_8hpp.html',1,'']]],
  ['keyed_5ftable_3c_20header_20_3e_3',['keyed_table&lt; header &gt;',['../classshoal_1_1keyed__table.html',1,'shoal']]],
  ['kind_4',['kind',['../structshoal_1_1graph__item.html#a846347d2e1c8b2450ba14a70dc2b6e02',1,'shoal::graph_item::kind()'],['../structshoal_1_1resolve__answer.html#a846347d2e1c8b2450ba14a70dc2b6e02',1,'shoal::resolve_answer::kind()'],['../structshoal_1_1field.html#aea96af324d30abf35fb4f02de8a58be1',1,'shoal::field::kind()'],['../structshoal_1_1field__spec.html#aea96af324d30abf35fb4f02de8a58be1',1,'shoal::field_spec::kind()'],['../classshoal_1_1basic__value.html#a5b01f710aac93e47a05ec8a72dfcfdf5',1,'shoal::basic_value::kind()']]],
  ['kind_2ehpp_5',['kind.hpp',['../kind_8hpp.html',1,'']]],
  ['kind_5fof_6',['kind_of',['../structshoal_1_1nan__box.html#a5dc8b1b6d78e159a7e84177457662337',1,'shoal::nan_box::kind_of()'],['../classshoal_1_1local__space.html#aa4f4b8b39c4fef0323e9091ae5dd993f',1,'shoal::local_space::kind_of()']]],
  ['kind_5fof_5ftype_7',['kind_of_type',['../namespaceshoal.html#a628610f3a7b88d0032db6a0b49cf24ea',1,'shoal']]]
];
