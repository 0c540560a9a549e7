var searchData=
[
  ['memory_20orders_0',['Memory orders',['../page_docs_reference_memory_order_md.html',1,'']]]
];
