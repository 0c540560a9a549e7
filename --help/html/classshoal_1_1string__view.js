var classshoal_1_1string__view =
[
    [ "string_view", "classshoal_1_1string__view.html#a8d718db729fbc5e4f49e6d15aa6128a7", null ],
    [ "string_view", "classshoal_1_1string__view.html#acf7f354828701e75b7b8ba237cc766c7", null ],
    [ "string_view", "classshoal_1_1string__view.html#a28978cd4140b03e32e61cdda0929e61c", null ],
    [ "string_view", "classshoal_1_1string__view.html#ad878e2f17109d9fd08c6019a6fbf46e1", null ],
    [ "string_view", "classshoal_1_1string__view.html#aa7882cdc63ef5efd40aa994a7e28ff9a", null ],
    [ "form", "classshoal_1_1string__view.html#a849908a8c6c3478dd6bad57b43ede026", null ],
    [ "length", "classshoal_1_1string__view.html#a56f52526dfc0229d6096c07e05bb0d6d", null ],
    [ "units", "classshoal_1_1string__view.html#aa8d64d90d7b1e46dceaceaf943df210a", null ],
    [ "bytes", "classshoal_1_1string__view.html#ad1f703773eb12b1c561748c14b6bdaab", null ],
    [ "operator[]", "classshoal_1_1string__view.html#aeab7c0266a99d9a8082efa1741f9f81b", null ]
];