var searchData=
[
  ['figures_0',['Figures',['../page_docs_reference_figures_md.html',1,'']]]
];
