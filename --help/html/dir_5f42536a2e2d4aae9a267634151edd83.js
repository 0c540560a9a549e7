var dir_5f42536a2e2d4aae9a267634151edd83 =
[
    [ "condition.hpp", "condition_8hpp.html", "condition_8hpp" ],
    [ "mailbox.hpp", "mailbox_8hpp.html", "mailbox_8hpp" ],
    [ "mutex.hpp", "mutex_8hpp.html", "mutex_8hpp" ],
    [ "parking_lot.hpp", "parking__lot_8hpp.html", "parking__lot_8hpp" ],
    [ "sync.hpp", "sync_8hpp.html", null ],
    [ "wait_queue.hpp", "wait__queue_8hpp.html", "wait__queue_8hpp" ]
];