var searchData=
[
  ['ref_0',['ref',['../namespaceshoal.html#ab40e6f0ea83870266be067b1d198fc21a18389a4a9ad5795744699cff0ba66c15',1,'shoal']]],
  ['reference_1',['reference',['../structshoal_1_1datum.html#a7e9cf67199a52c09ed2b9684ab9b7ed2ab8af13ea9c8fe890c9979a1fa8dbde22',1,'shoal::datum::reference()'],['../namespaceshoal.html#abcb619add2b995c1b27e57f4f319a534ab8af13ea9c8fe890c9979a1fa8dbde22',1,'shoal::reference()']]],
  ['refusal_2',['refusal',['../namespaceshoal.html#a88b3308323ed446a372da5eb6c856bc7a1be4bf6d64c0c4c6956362a217d67999',1,'shoal']]],
  ['refuse_3',['refuse',['../structshoal_1_1resolve__answer.html#a846347d2e1c8b2450ba14a70dc2b6e02a324a7590a91adf962f9b2a1d4ddaa6c9',1,'shoal::resolve_answer::refuse()'],['../namespaceshoal.html#a236f18628f7b6ee82c38ab3ae0f3f181a324a7590a91adf962f9b2a1d4ddaa6c9',1,'shoal::refuse()']]],
  ['refused_4',['refused',['../namespaceshoal.html#a1f0187a7b32e615cb45a17aaebc565dba723634aa8cde73188d4661bb3fe81ce4',1,'shoal']]],
  ['refused_5fword_5',['refused_word',['../classshoal_1_1prototype.html#a0e2026d7630e79f9e236f8930ecc789fad63cba12d4c4c9cae91e713941b9bb34',1,'shoal::prototype']]],
  ['relaxed_6',['relaxed',['../namespaceshoal.html#a2d67af7f41852eaad9153704543c5c9ca81f32be24a2a62fc472cc43edc97e65b',1,'shoal']]],
  ['release_7',['release',['../namespaceshoal.html#a2d67af7f41852eaad9153704543c5c9ca123fead50246387983ee340507115ef4',1,'shoal']]],
  ['reserved_8',['reserved',['../namespaceshoal.html#afa53fb5aea17206d556dea7209244fc1a7f005c3fa691e77c52d3297cc2699072',1,'shoal']]],
  ['resolving_9',['resolving',['../namespaceshoal.html#a1f0187a7b32e615cb45a17aaebc565dba535b32e83e3b37f833293a08c2fcbe43',1,'shoal']]],
  ['resolving_5fword_10',['resolving_word',['../classshoal_1_1prototype.html#a0e2026d7630e79f9e236f8930ecc789fa2f6d635c1cdbd1aea3c282c8d1c1641e',1,'shoal::prototype']]]
];
