var searchData=
[
  ['embed_2ehpp_0',['embed.hpp',['../embed_8hpp.html',1,'']]],
  ['empty_5fhost_2ehpp_1',['empty_host.hpp',['../empty__host_8hpp.html',1,'']]],
  ['encoding_2ehpp_2',['encoding.hpp',['../encoding_8hpp.html',1,'']]],
  ['errors_2emd_3',['errors.md',['../page_docs_reference_errors_md.html',1,'']]],
  ['extension_2ehpp_4',['extension.hpp',['../extension_8hpp.html',1,'']]]
];
