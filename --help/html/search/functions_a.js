var searchData=
[
  ['keyed_5ftable_0',['keyed_table',['../classshoal_1_1keyed__table.html#a9383eb24f5e4fa3503a68e8aaa08988d',1,'shoal::keyed_table::keyed_table(const metadata_hook &amp;memory) noexcept'],['../classshoal_1_1keyed__table.html#aa0c1715dee9585c11a158f3b61ffe45f',1,'shoal::keyed_table::keyed_table(const keyed_table &amp;)=delete']]],
  ['kind_1',['kind',['../classshoal_1_1basic__value.html#a5b01f710aac93e47a05ec8a72dfcfdf5',1,'shoal::basic_value']]],
  ['kind_5fof_2',['kind_of',['../structshoal_1_1nan__box.html#a5dc8b1b6d78e159a7e84177457662337',1,'shoal::nan_box::kind_of()'],['../classshoal_1_1local__space.html#aa4f4b8b39c4fef0323e9091ae5dd993f',1,'shoal::local_space::kind_of()']]]
];
