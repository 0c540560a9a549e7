var searchData=
[
  ['changelog_0',['Changelog',['../page_changelog_md.html',1,'']]],
  ['contributing_1',['Contributing',['../page_contributing_md.html',1,'']]]
];
