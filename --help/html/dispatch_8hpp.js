var dispatch_8hpp =
[
    [ "dispatch_message", "structshoal_1_1dispatch__message.html", "structshoal_1_1dispatch__message" ],
    [ "dispatch", "classshoal_1_1dispatch.html", "classshoal_1_1dispatch" ],
    [ "dispatch_call", "namespaceshoal.html#a6ea40b1bbdb292f245da7fecc75a62a9", null ]
];