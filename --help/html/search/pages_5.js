var searchData=
[
  ['glossary_0',['Glossary',['../page_docs_glossary_md.html',1,'']]]
];
