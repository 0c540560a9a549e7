var type__handle_8hpp =
[
    [ "type_rights", "namespaceshoal.html#a4b738ac697679e3a3f8098eee1b281ac", [
      [ "none", "namespaceshoal.html#a4b738ac697679e3a3f8098eee1b281aca334c4a4c42fdb79d7ebc3e73b517e6f8", null ],
      [ "construct", "namespaceshoal.html#a4b738ac697679e3a3f8098eee1b281acae62068a633874d298459a25f8868d306", null ],
      [ "bind", "namespaceshoal.html#a4b738ac697679e3a3f8098eee1b281aca128477f50347d98ee1213d71f27e8886", null ],
      [ "all", "namespaceshoal.html#a4b738ac697679e3a3f8098eee1b281acaa181a603769c1f98ad927e7367c7aa51", null ]
    ] ],
    [ "operator&", "namespaceshoal.html#a13f94cd63e86dbba7efbdcec9b0406d6", null ],
    [ "operator|", "namespaceshoal.html#abcafba3e502801500897a05b437afa60", null ],
    [ "allows", "namespaceshoal.html#ad27417264324f20e0e9c0f52888a7a59", null ],
    [ "is_type_handle", "namespaceshoal.html#a50be8c5addee378a256a40b086f3845a", null ],
    [ "rights_of", "namespaceshoal.html#ac781871792eff2b765fa0e98cfc11ce7", null ],
    [ "handled_type", "namespaceshoal.html#acb788c967697cce315c1858f82dc3081", null ],
    [ "write_type_handle", "namespaceshoal.html#a9f3dfd387b9bd436abd96eaf4a13d8c8", null ],
    [ "type_handle_bytes", "namespaceshoal.html#a59ad3b2f914c7072704a5343cc0c4e14", null ]
];