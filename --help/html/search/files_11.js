var searchData=
[
  ['thread_5fbound_2ehpp_0',['thread_bound.hpp',['../thread__bound_8hpp.html',1,'']]],
  ['thread_5flocal_5ffunction_2ehpp_1',['thread_local_function.hpp',['../thread__local__function_8hpp.html',1,'']]],
  ['tracer_2ehpp_2',['tracer.hpp',['../tracer_8hpp.html',1,'']]],
  ['translated_2ehpp_3',['translated.hpp',['../translated_8hpp.html',1,'']]],
  ['type_2ehpp_4',['type.hpp',['../type_8hpp.html',1,'']]],
  ['type_5fhandle_2ehpp_5',['type_handle.hpp',['../type__handle_8hpp.html',1,'']]],
  ['type_5fspace_2ehpp_6',['type_space.hpp',['../type__space_8hpp.html',1,'']]],
  ['type_5ftable_2ehpp_7',['type_table.hpp',['../type__table_8hpp.html',1,'']]]
];
