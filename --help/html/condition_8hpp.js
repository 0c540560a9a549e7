var condition_8hpp =
[
    [ "condition", "structshoal_1_1condition.html", "structshoal_1_1condition" ],
    [ "is_condition", "namespaceshoal.html#a9f61953c3ef8831ceeea525b3ed0e74c", null ],
    [ "condition_bytes", "namespaceshoal.html#a913a4cc840466e143bf8547b041c8e38", null ]
];