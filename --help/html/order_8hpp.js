var order_8hpp =
[
    [ "order_constant< Order >", "structshoal_1_1order__constant.html", "structshoal_1_1order__constant" ],
    [ "memory_order", "namespaceshoal.html#a2d67af7f41852eaad9153704543c5c9c", [
      [ "unordered", "namespaceshoal.html#a2d67af7f41852eaad9153704543c5c9ca2e3a2fe1ab6a59f682eec190c2b1fe27", null ],
      [ "relaxed", "namespaceshoal.html#a2d67af7f41852eaad9153704543c5c9ca81f32be24a2a62fc472cc43edc97e65b", null ],
      [ "acquire", "namespaceshoal.html#a2d67af7f41852eaad9153704543c5c9ca86a4fa105ff51b8c3be84734797d8144", null ],
      [ "release", "namespaceshoal.html#a2d67af7f41852eaad9153704543c5c9ca123fead50246387983ee340507115ef4", null ],
      [ "acq_rel", "namespaceshoal.html#a2d67af7f41852eaad9153704543c5c9caf3e0f4fa6020c4a1b19d21f32f42020c", null ],
      [ "seq_cst", "namespaceshoal.html#a2d67af7f41852eaad9153704543c5c9ca14cede869a7aee57588ab47066432604", null ]
    ] ],
    [ "order", "namespaceshoal.html#afbc25d71a267471e2a2fde661208e4f8", null ],
    [ "unordered", "namespaceshoal.html#ac6b67c12b995b21d4673bcc4edcbdf7d", null ],
    [ "acquire", "namespaceshoal.html#a60191041fa74aa7790c421abef7fd266", null ],
    [ "release", "namespaceshoal.html#ab2a3b4946c208a20f40af331a3f821f6", null ],
    [ "acq_rel", "namespaceshoal.html#ae14c06e88aa3bb4e309325a7e6a57c2a", null ],
    [ "seq_cst", "namespaceshoal.html#a0bf99c234ac7b8743f181b95a90c5932", null ],
    [ "relaxed", "namespaceshoal.html#a0d9fb5e00f302266c6754bd03121b7db", null ]
];