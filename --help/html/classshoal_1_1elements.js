var classshoal_1_1elements =
[
    [ "elements", "classshoal_1_1elements.html#a96996fd1339398db0e08cb182bb2d907", null ],
    [ "length", "classshoal_1_1elements.html#a56f52526dfc0229d6096c07e05bb0d6d", null ],
    [ "operator[]", "classshoal_1_1elements.html#a9965c37e52684dc9cfc5ddea73d98a61", null ]
];