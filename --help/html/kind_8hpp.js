var kind_8hpp =
[
    [ "storage_of", "namespaceshoal.html#a17721e7007e8d4684f848528ae300748", null ],
    [ "field_kind", "namespaceshoal.html#ab40e6f0ea83870266be067b1d198fc21", [
      [ "any", "namespaceshoal.html#ab40e6f0ea83870266be067b1d198fc21a100b8cad7cf2a56f6df78f171f97a1ec", null ],
      [ "ref", "namespaceshoal.html#ab40e6f0ea83870266be067b1d198fc21a18389a4a9ad5795744699cff0ba66c15", null ],
      [ "boolean", "namespaceshoal.html#ab40e6f0ea83870266be067b1d198fc21a84e2c64f38f78ba3ea5c905ab5a2da27", null ],
      [ "i8", "namespaceshoal.html#ab40e6f0ea83870266be067b1d198fc21a5a32061159a30eeebb309052be870e00", null ],
      [ "i16", "namespaceshoal.html#ab40e6f0ea83870266be067b1d198fc21a2655f23011f3fe4c7c3d757d37d5f9a5", null ],
      [ "i32", "namespaceshoal.html#ab40e6f0ea83870266be067b1d198fc21af89edb52b075b8bd95989bd3d0a04c0a", null ],
      [ "i64", "namespaceshoal.html#ab40e6f0ea83870266be067b1d198fc21add1d26230d15c93e8fbdba07b0299a44", null ],
      [ "u8", "namespaceshoal.html#ab40e6f0ea83870266be067b1d198fc21a077393852be20e37026d6281827662f2", null ],
      [ "u16", "namespaceshoal.html#ab40e6f0ea83870266be067b1d198fc21ade59a481c9d8ace262670bda2b39cb1f", null ],
      [ "u32", "namespaceshoal.html#ab40e6f0ea83870266be067b1d198fc21aa311a831b48d59687cf0822a612c9032", null ],
      [ "u64", "namespaceshoal.html#ab40e6f0ea83870266be067b1d198fc21a476bf781fb66b23778b1004edc3a1028", null ],
      [ "f32", "namespaceshoal.html#ab40e6f0ea83870266be067b1d198fc21a512dc597be7ae761876315165dc8bd2e", null ],
      [ "f64", "namespaceshoal.html#ab40e6f0ea83870266be067b1d198fc21a714b98e0a797e8f119f257a4ab802f86", null ],
      [ "v128", "namespaceshoal.html#ab40e6f0ea83870266be067b1d198fc21a149699e0ffa3e53567c66b3844892cb2", null ]
    ] ],
    [ "is_kind", "namespaceshoal.html#ac6d569de11eed648b5139abfd36c2497", null ],
    [ "size_of", "namespaceshoal.html#a3415a7ce60d868c090968da633cd85ea", null ],
    [ "holds_references", "namespaceshoal.html#a055b50caeb9ce5784126fcd641ae9372", null ],
    [ "is_integer", "namespaceshoal.html#acc76580071096e8661d24bae53c07941", null ],
    [ "name_of", "namespaceshoal.html#af039ca08796653ad1e04bcec84138139", null ],
    [ "field_kind_count", "namespaceshoal.html#a8136eac2e325ac0b735bab58dc193765", null ]
];