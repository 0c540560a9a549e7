var searchData=
[
  ['separate_0',['separate',['../namespaceshoal.html#a236f18628f7b6ee82c38ab3ae0f3f181ae0e163572822006823fd6bed78bbfebd',1,'shoal']]],
  ['seq_5fcst_1',['seq_cst',['../namespaceshoal.html#a2d67af7f41852eaad9153704543c5c9ca14cede869a7aee57588ab47066432604',1,'shoal']]],
  ['sharing_5fforbidden_2',['sharing_forbidden',['../namespaceshoal.html#a1f0187a7b32e615cb45a17aaebc565dbacfa18d7e3424ba1ca3ee57da1acd1e18',1,'shoal']]],
  ['source_3',['source',['../structshoal_1_1registration__key.html#a7e9cf67199a52c09ed2b9684ab9b7ed2a36cd38f49b9afa08222c0dc9ebfe35eb',1,'shoal::registration_key']]],
  ['string_4',['string',['../structshoal_1_1builtin.html#ad54f819bc26fd71e13a5992ac79c8bc0a6b30bda829e4fe673ed1afb7101a4746',1,'shoal::builtin::string()'],['../namespaceshoal.html#afecfc02e894dc4d037caa8029d930d0bab45cffe084dd3d20d928bee85e7b0f21',1,'shoal::string()']]],
  ['structure_5',['structure',['../namespaceshoal.html#afecfc02e894dc4d037caa8029d930d0ba07414f4e15ca943e6cde032dec85d92f',1,'shoal']]],
  ['symbol_6',['symbol',['../structshoal_1_1field__key.html#a7e9cf67199a52c09ed2b9684ab9b7ed2a97bff26855a8bfa63e05d5477e794b24',1,'shoal::field_key']]]
];
