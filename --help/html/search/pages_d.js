var searchData=
[
  ['tests_2fembed_2ftier0_5fruntime_2ecpp_0',['tests/embed/tier0_runtime.cpp',['../page_tests_embed_tier0_runtime_cpp.html',1,'sources']]],
  ['tests_2fembed_2ftoy_5fafter_2ecpp_1',['tests/embed/toy_after.cpp',['../page_tests_embed_toy_after_cpp.html',1,'sources']]],
  ['tests_2fembed_2ftoy_5fbefore_2ecpp_2',['tests/embed/toy_before.cpp',['../page_tests_embed_toy_before_cpp.html',1,'sources']]],
  ['the_20floors_3',['The floors',['../page_include_shoal_readme_md.html',1,'']]]
];
