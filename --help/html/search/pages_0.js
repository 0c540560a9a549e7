var searchData=
[
  ['a_20runtime_20adopts_20shoal_2c_20in_20six_20steps_0',['A runtime adopts Shoal, in six steps',['../page_docs_tutorial_readme_md.html',1,'']]],
  ['adopt_20your_20runtime_1',['Adopt your runtime',['../page_docs_how_to_adopt_your_runtime_md.html',1,'']]]
];
