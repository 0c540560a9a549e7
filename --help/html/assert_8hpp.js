var assert_8hpp =
[
    [ "SHOAL_CHECK_", "assert_8hpp.html#ad60f65c2103ba0d9865853cc0b28a306", null ],
    [ "SHOAL_ASSERT", "assert_8hpp.html#a3bbbd8eb85bef9a0ab35fb687d2f5d1e", null ],
    [ "SHOAL_ASSERT_FULL", "assert_8hpp.html#acc2cd320ec24773cf97ae76334b21384", null ]
];