var searchData=
[
  ['generic_2ehpp_0',['generic.hpp',['../generic_8hpp.html',1,'']]],
  ['glossary_2emd_1',['glossary.md',['../page_docs_glossary_md.html',1,'']]]
];
