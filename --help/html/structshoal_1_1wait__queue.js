var structshoal_1_1wait__queue =
[
    [ "wait", "structshoal_1_1wait__queue.html#a70bbc2d161ce37c4ab9a934d304cfc4c", null ],
    [ "wait", "structshoal_1_1wait__queue.html#a6e628bf1f80909addc39fee49837a0d9", null ],
    [ "wait", "structshoal_1_1wait__queue.html#ad3f270b5d46efb4a04cb151556040686", null ],
    [ "wait", "structshoal_1_1wait__queue.html#ac4cc92f47a21edb84a11b18ac718f5d4", null ],
    [ "notify", "structshoal_1_1wait__queue.html#a82bed1b10f067123ccc3b0724e3f59f8", null ],
    [ "notify", "structshoal_1_1wait__queue.html#a6c58a6618dd89abca5a1463af7a75446", null ],
    [ "notify", "structshoal_1_1wait__queue.html#af8158bf7bfdcde54e7e0e2151e8b8430", null ],
    [ "notify", "structshoal_1_1wait__queue.html#a0c35bd88eebc43e46956d2bbc62edb59", null ],
    [ "all", "structshoal_1_1wait__queue.html#a94cfbabb87144d6c7aba4ce2a66bbd64", null ]
];