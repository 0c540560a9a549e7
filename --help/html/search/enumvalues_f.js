var searchData=
[
  ['text_0',['text',['../structshoal_1_1registration__key.html#a7e9cf67199a52c09ed2b9684ab9b7ed2a1cb251ec0d568de6a929b520c4aed8d1',1,'shoal::registration_key']]],
  ['thread_5fbound_1',['thread_bound',['../structshoal_1_1builtin.html#ad54f819bc26fd71e13a5992ac79c8bc0a4dfd9d7a75cd2129d80f921f7762e82d',1,'shoal::builtin::thread_bound()'],['../namespaceshoal.html#a88b3308323ed446a372da5eb6c856bc7a8d4cdeb838481642aa3464d311a0abf0',1,'shoal::thread_bound()'],['../namespaceshoal.html#afecfc02e894dc4d037caa8029d930d0ba8d4cdeb838481642aa3464d311a0abf0',1,'shoal::thread_bound()']]],
  ['thread_5flocal_5ffunction_2',['thread_local_function',['../structshoal_1_1builtin.html#ad54f819bc26fd71e13a5992ac79c8bc0a77843ad0194ab0ab02957f2d2898037d',1,'shoal::builtin::thread_local_function()'],['../namespaceshoal.html#a88b3308323ed446a372da5eb6c856bc7a84e9ca022769dc8a38a1fd3fb6ce3cf3',1,'shoal::thread_local_function()'],['../namespaceshoal.html#afecfc02e894dc4d037caa8029d930d0ba84e9ca022769dc8a38a1fd3fb6ce3cf3',1,'shoal::thread_local_function()']]],
  ['timed_5fout_3',['timed_out',['../namespaceshoal.html#a1f0187a7b32e615cb45a17aaebc565dba56c27b1ab1a5a5a0eae853cabb4dc0c1',1,'shoal::timed_out()'],['../namespaceshoal.html#a75cc6bb36d123cb1339d1b1932d3d958a56c27b1ab1a5a5a0eae853cabb4dc0c1',1,'shoal::timed_out()']]],
  ['too_5flarge_4',['too_large',['../namespaceshoal.html#a1f0187a7b32e615cb45a17aaebc565dba7a45a1d1bfe36a2c1205fbd1b450d80a',1,'shoal']]],
  ['too_5fmany_5ffields_5',['too_many_fields',['../namespaceshoal.html#a1f0187a7b32e615cb45a17aaebc565dbaece62d7b43506c7880d6971688efcd5b',1,'shoal']]],
  ['too_5fmany_5fslots_6',['too_many_slots',['../namespaceshoal.html#a1f0187a7b32e615cb45a17aaebc565dba0a47ae07b2988757bd40ef12c3027ff8',1,'shoal']]],
  ['too_5fmany_5ftypes_7',['too_many_types',['../namespaceshoal.html#a1f0187a7b32e615cb45a17aaebc565dbaf61e1b4f55454b362d7aee56a0ef313d',1,'shoal']]],
  ['trapped_5fword_8',['trapped_word',['../classshoal_1_1prototype.html#a0e2026d7630e79f9e236f8930ecc789fa5e61859b9e600854e075a7b93a2bc975',1,'shoal::prototype']]],
  ['type_5fhandle_9',['type_handle',['../structshoal_1_1builtin.html#ad54f819bc26fd71e13a5992ac79c8bc0aa761a07affb3281bdd8269339bbed51f',1,'shoal::builtin::type_handle()'],['../namespaceshoal.html#afecfc02e894dc4d037caa8029d930d0baa781771062c2b961b77f66ecf22e03d7',1,'shoal::type_handle()']]]
];
