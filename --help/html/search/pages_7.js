var searchData=
[
  ['identity_20and_20behaviour_0',['Identity and behaviour',['../page_docs_explanation_identity_md.html',1,'']]],
  ['instruction_20counts_1',['Instruction counts',['../page_docs_reference_instruction_counts_md.html',1,'']]]
];
