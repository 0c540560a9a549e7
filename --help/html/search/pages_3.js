var searchData=
[
  ['errors_0',['Errors',['../page_docs_reference_errors_md.html',1,'']]]
];
