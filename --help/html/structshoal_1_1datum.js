var structshoal_1_1datum =
[
    [ "form", "structshoal_1_1datum.html#a7e9cf67199a52c09ed2b9684ab9b7ed2", [
      [ "undefined", "structshoal_1_1datum.html#a7e9cf67199a52c09ed2b9684ab9b7ed2a5e543256c480ac577d30f76f9120eb74", null ],
      [ "null", "structshoal_1_1datum.html#a7e9cf67199a52c09ed2b9684ab9b7ed2a37a6259cc0c1dae299a7866489dff0bd", null ],
      [ "boolean", "structshoal_1_1datum.html#a7e9cf67199a52c09ed2b9684ab9b7ed2a84e2c64f38f78ba3ea5c905ab5a2da27", null ],
      [ "integer", "structshoal_1_1datum.html#a7e9cf67199a52c09ed2b9684ab9b7ed2a157db7df530023575515d366c9b672e8", null ],
      [ "natural", "structshoal_1_1datum.html#a7e9cf67199a52c09ed2b9684ab9b7ed2a8f4ef05b543fb6157b374099100574b3", null ],
      [ "number", "structshoal_1_1datum.html#a7e9cf67199a52c09ed2b9684ab9b7ed2ab1bc248a7ff2b2e95569f56de68615df", null ],
      [ "reference", "structshoal_1_1datum.html#a7e9cf67199a52c09ed2b9684ab9b7ed2ab8af13ea9c8fe890c9979a1fa8dbde22", null ],
      [ "vector", "structshoal_1_1datum.html#a7e9cf67199a52c09ed2b9684ab9b7ed2a6ba8844da718b4a65f60dbfd0d92d6ef", null ],
      [ "word", "structshoal_1_1datum.html#a7e9cf67199a52c09ed2b9684ab9b7ed2ac47d187067c6cf953245f128b5fde62a", null ],
      [ "local", "structshoal_1_1datum.html#a7e9cf67199a52c09ed2b9684ab9b7ed2af5ddaf0ca7929578b408c909429f68f2", null ]
    ] ],
    [ "undefined", "structshoal_1_1datum.html#ae49cc3c67b6ad8c874ddcb5c13d5318c", null ],
    [ "null", "structshoal_1_1datum.html#a9719c86b970b7d486ec3050c28c4ade4", null ],
    [ "of", "structshoal_1_1datum.html#a1565b64a8085b2e3bce63bec3bbdf326", null ],
    [ "of", "structshoal_1_1datum.html#ace6fa5f85a6fa0d36cea7e1471fa8d21", null ],
    [ "of", "structshoal_1_1datum.html#a5153a5d88bc33fc94d6d3d9197e44c11", null ],
    [ "of", "structshoal_1_1datum.html#aa1d930aff2f86fac0e488b5347b87a1b", null ],
    [ "of_object", "structshoal_1_1datum.html#a5ff1d0149eced55ca3e921a497cfe045", null ],
    [ "of", "structshoal_1_1datum.html#a27c366e963f672291c370007c7fd3500", null ],
    [ "of_local", "structshoal_1_1datum.html#a9a2f54e5f7e3e5ed6e56a1fab14646a0", null ],
    [ "of_word", "structshoal_1_1datum.html#af23549851b0067530f5feaac88a16f73", null ],
    [ "what", "structshoal_1_1datum.html#a4cc63ded40afc3509983eefa401f6357", null ],
    [ "truth", "structshoal_1_1datum.html#a18cd5f0a5996b92c32d35dfa6dbf7e26", null ],
    [ "integer", "structshoal_1_1datum.html#aee4b4886f8f79fb83892ee006a274487", null ],
    [ "natural", "structshoal_1_1datum.html#aab63529f84d33b612dd48247db347866", null ],
    [ "number", "structshoal_1_1datum.html#a01b4671c6b7cc8f831c951c000a37735", null ],
    [ "object", "structshoal_1_1datum.html#a077376d12464f945e2414d5499c79b3f", null ],
    [ "vector", "structshoal_1_1datum.html#a853441ff745d07d16e6eb3d2ce82f66d", null ],
    [ "word", "structshoal_1_1datum.html#a697c5031bc994a983c36f86b92dc60da", null ]
];