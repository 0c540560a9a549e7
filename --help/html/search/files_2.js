var searchData=
[
  ['cell_2ehpp_0',['cell.hpp',['../cell_8hpp.html',1,'']]],
  ['changelog_2emd_1',['CHANGELOG.md',['../page_changelog_md.html',1,'']]],
  ['check_2ehpp_2',['check.hpp',['../check_8hpp.html',1,'']]],
  ['cluster_2ehpp_3',['cluster.hpp',['../cluster_8hpp.html',1,'']]],
  ['cohort_2ehpp_4',['cohort.hpp',['../cohort_8hpp.html',1,'']]],
  ['condition_2ehpp_5',['condition.hpp',['../condition_8hpp.html',1,'']]],
  ['config_2ehpp_6',['config.hpp',['../config_8hpp.html',1,'']]],
  ['contributing_2emd_7',['CONTRIBUTING.md',['../page_contributing_md.html',1,'']]]
];
