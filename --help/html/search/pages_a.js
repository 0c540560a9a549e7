var searchData=
[
  ['programs_20and_20sources_0',['Programs and sources',['../sources.html',1,'']]],
  ['protocols_2c_20as_20models_1',['Protocols, as models',['../page_docs_explanation_protocols_md.html',1,'']]]
];
