var searchData=
[
  ['mailbox_2ehpp_0',['mailbox.hpp',['../mailbox_8hpp.html',1,'']]],
  ['make_5frecord_2ehpp_1',['make_record.hpp',['../make__record_8hpp.html',1,'']]],
  ['memory_2dmodel_2emd_2',['memory-model.md',['../page_docs_explanation_memory_model_md.html',1,'']]],
  ['memory_2dorder_2emd_3',['memory-order.md',['../page_docs_reference_memory_order_md.html',1,'']]],
  ['memory_2ehpp_4',['memory.hpp',['../memory_8hpp.html',1,'']]],
  ['mutex_2ehpp_5',['mutex.hpp',['../mutex_8hpp.html',1,'']]]
];
