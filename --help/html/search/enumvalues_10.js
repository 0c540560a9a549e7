var searchData=
[
  ['u16_0',['u16',['../namespaceshoal.html#ab40e6f0ea83870266be067b1d198fc21ade59a481c9d8ace262670bda2b39cb1f',1,'shoal']]],
  ['u32_1',['u32',['../namespaceshoal.html#ab40e6f0ea83870266be067b1d198fc21aa311a831b48d59687cf0822a612c9032',1,'shoal']]],
  ['u64_2',['u64',['../namespaceshoal.html#ab40e6f0ea83870266be067b1d198fc21a476bf781fb66b23778b1004edc3a1028',1,'shoal']]],
  ['u8_3',['u8',['../namespaceshoal.html#ab40e6f0ea83870266be067b1d198fc21a077393852be20e37026d6281827662f2',1,'shoal']]],
  ['unbound_4',['unbound',['../namespaceshoal.html#a1f0187a7b32e615cb45a17aaebc565dba88f443429ac4dfe75fdb4f18f2c6df99',1,'shoal']]],
  ['unbound_5fword_5',['unbound_word',['../classshoal_1_1prototype.html#a0e2026d7630e79f9e236f8930ecc789fa0f51cf1e25fecfd95b1dae2f5bf0952c',1,'shoal::prototype']]],
  ['undefined_6',['undefined',['../structshoal_1_1datum.html#a7e9cf67199a52c09ed2b9684ab9b7ed2a5e543256c480ac577d30f76f9120eb74',1,'shoal::datum::undefined()'],['../namespaceshoal.html#abcb619add2b995c1b27e57f4f319a534a5e543256c480ac577d30f76f9120eb74',1,'shoal::undefined()']]],
  ['uninitialized_7',['uninitialized',['../namespaceshoal.html#a1f0187a7b32e615cb45a17aaebc565dba42dd1a73d072bb6bf3f494f22b15db8e',1,'shoal']]],
  ['unknown_5ffield_8',['unknown_field',['../namespaceshoal.html#a1f0187a7b32e615cb45a17aaebc565dba0e22b330ea30dc2ed0cec05910bbccca',1,'shoal']]],
  ['unordered_9',['unordered',['../namespaceshoal.html#a2d67af7f41852eaad9153704543c5c9ca2e3a2fe1ab6a59f682eec190c2b1fe27',1,'shoal']]],
  ['unparked_10',['unparked',['../namespaceshoal.html#a75cc6bb36d123cb1339d1b1932d3d958ae177024d0b28c74b75fbced92361fb54',1,'shoal']]],
  ['unshareable_11',['unshareable',['../structshoal_1_1graph__item.html#a846347d2e1c8b2450ba14a70dc2b6e02aff712f66af6f72a2d8f190a647fe58b1',1,'shoal::graph_item']]],
  ['unshared_5fvalue_12',['unshared_value',['../namespaceshoal.html#a1f0187a7b32e615cb45a17aaebc565dbaa9042efb4e034847797832d5fc1b6b6f',1,'shoal']]],
  ['unsupported_5fkind_13',['unsupported_kind',['../namespaceshoal.html#a1f0187a7b32e615cb45a17aaebc565dba4fc29daf1a049a7af8525da340d769f4',1,'shoal']]],
  ['utf16_14',['utf16',['../namespaceshoal.html#a8624d53d2eb216798bd42b48b6e6298fa5ab39c2bd546655547f6101ed91e395e',1,'shoal']]]
];
