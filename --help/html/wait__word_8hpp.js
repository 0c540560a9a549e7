var wait__word_8hpp =
[
    [ "deadline", "classshoal_1_1deadline.html", "classshoal_1_1deadline" ],
    [ "wait_word", "classshoal_1_1wait__word.html", "classshoal_1_1wait__word" ]
];