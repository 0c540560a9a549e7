var searchData=
[
  ['identity_2ehpp_0',['identity.hpp',['../identity_8hpp.html',1,'']]],
  ['identity_2emd_1',['identity.md',['../page_docs_explanation_identity_md.html',1,'']]],
  ['instance_2ehpp_2',['instance.hpp',['../instance_8hpp.html',1,'']]],
  ['instruction_2dcounts_2emd_3',['instruction-counts.md',['../page_docs_reference_instruction_counts_md.html',1,'']]]
];
