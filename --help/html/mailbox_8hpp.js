var mailbox_8hpp =
[
    [ "received", "classshoal_1_1received.html", "classshoal_1_1received" ],
    [ "mailbox", "structshoal_1_1mailbox.html", "structshoal_1_1mailbox" ]
];