var classshoal_1_1locked =
[
    [ "locked", "classshoal_1_1locked.html#a6afbd89308cee9cc50a388207a6f598a", null ],
    [ "~locked", "classshoal_1_1locked.html#a0e2bfbcb94b38558e7bf4b22163dd79d", null ],
    [ "locked", "classshoal_1_1locked.html#a252b2521e43e2ff4b9d250a9e55bb77a", null ],
    [ "operator=", "classshoal_1_1locked.html#a5c7f595dcdf84f66920b17ea5e2a67ff", null ]
];