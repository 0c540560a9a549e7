var classshoal_1_1waker =
[
    [ "waker", "classshoal_1_1waker.html#aa3fc30c00007e9e143876f1bc5e32bc3", null ],
    [ "wake", "classshoal_1_1waker.html#a91bf5d8ad0c67c1ae90e6893922c4ead", null ],
    [ "agent", "classshoal_1_1waker.html#af0aea1326646b6e786d9826fb988049a", null ]
];