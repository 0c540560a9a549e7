var searchData=
[
  ['datum_2ehpp_0',['datum.hpp',['../datum_8hpp.html',1,'']]],
  ['debug_2emd_1',['debug.md',['../page_docs_how_to_debug_md.html',1,'']]],
  ['describe_2ehpp_2',['describe.hpp',['../describe_8hpp.html',1,'']]],
  ['descriptor_2ehpp_3',['descriptor.hpp',['../descriptor_8hpp.html',1,'']]],
  ['difference_2ehpp_4',['difference.hpp',['../difference_8hpp.html',1,'']]],
  ['dispatch_2ehpp_5',['dispatch.hpp',['../dispatch_8hpp.html',1,'']]]
];
