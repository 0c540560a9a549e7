var structshoal_1_1mailbox =
[
    [ "make", "structshoal_1_1mailbox.html#a75a05bc46226892b58d45a60bb1dec39", null ],
    [ "send", "structshoal_1_1mailbox.html#a3f4934738cc0e89b69f6c0410409a58d", null ],
    [ "try_send", "structshoal_1_1mailbox.html#abea7ac52ea7e8b959018acc92e3b0b4f", null ],
    [ "receive", "structshoal_1_1mailbox.html#a1237bbeb64667808435af9c044651049", null ],
    [ "try_receive", "structshoal_1_1mailbox.html#a5c9655aebaa97db2707cd6ec081bd2f0", null ],
    [ "close", "structshoal_1_1mailbox.html#aa216b24de6ad1d63acf408445def050f", null ],
    [ "is_closed", "structshoal_1_1mailbox.html#a849b057c4230c095e7b4e1b3ad5454dc", null ],
    [ "size", "structshoal_1_1mailbox.html#aeb08fc7bbf9c1e30fc93a0390299732e", null ],
    [ "capacity", "structshoal_1_1mailbox.html#ae93955b3b21aae072770bdce9bb4b700", null ]
];