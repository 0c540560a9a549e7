var searchData=
[
  ['ok_0',['ok',['../namespaceshoal.html#a1f0187a7b32e615cb45a17aaebc565dba444bcb3a3fcf8389296c49467f27e1d6',1,'shoal']]],
  ['other_1',['other',['../namespaceshoal.html#abcb619add2b995c1b27e57f4f319a534a795f3202b17cb6bc3d4b771d8c6c9eaf',1,'shoal']]],
  ['out_5fof_5fmemory_2',['out_of_memory',['../namespaceshoal.html#a1f0187a7b32e615cb45a17aaebc565dba5ea42cc8dbd653d9afd96c1d2fd147e2',1,'shoal']]],
  ['out_5fof_5fmemory_5fword_3',['out_of_memory_word',['../classshoal_1_1prototype.html#a0e2026d7630e79f9e236f8930ecc789fadb7f7e9e291ce7e68e936e0cdb3bf81f',1,'shoal::prototype']]],
  ['out_5fof_5frange_4',['out_of_range',['../namespaceshoal.html#a1f0187a7b32e615cb45a17aaebc565dba4fb901c70a0fdc05b55d95985f3300b0',1,'shoal']]],
  ['overlapping_5ffield_5',['overlapping_field',['../namespaceshoal.html#a1f0187a7b32e615cb45a17aaebc565dba20722751d51189f4ae9c9204378e3525',1,'shoal']]],
  ['owner_5fgone_6',['owner_gone',['../namespaceshoal.html#a1f0187a7b32e615cb45a17aaebc565dba6ee62b3896b12b2b844998503aad2e48',1,'shoal']]]
];
