var structshoal_1_1graph__shape =
[
    [ "what", "structshoal_1_1graph__shape.html#ad5bae4402a726146f65473e601b59e5d", null ],
    [ "length", "structshoal_1_1graph__shape.html#a6bc1ca1fdc41488a39687de39d9c3f5f", null ]
];