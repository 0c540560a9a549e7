var searchData=
[
  ['reference_0',['Reference',['../page_docs_reference_readme_md.html',1,'']]],
  ['results_1',['Results',['../page_benchmarks_results_readme_md.html',1,'']]]
];
