var wait__queue_8hpp =
[
    [ "wait_queue", "structshoal_1_1wait__queue.html", "structshoal_1_1wait__queue" ]
];