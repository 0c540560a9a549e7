var access_8hpp =
[
    [ "unbarriered< E >", "structshoal_1_1unbarriered.html", "structshoal_1_1unbarriered" ],
    [ "shoal::store_guard", "conceptshoal_1_1store__guard.html", null ],
    [ "cell_of", "namespaceshoal.html#aa0e1b3b1ff7d9edbb206bb07bd95196a", null ],
    [ "cell_of", "namespaceshoal.html#a877dcbcc223570d19acb88774bdc77d5", null ],
    [ "load_scalar", "namespaceshoal.html#a25142530b62c8f5b4c939bedc538fb66", null ],
    [ "store_scalar", "namespaceshoal.html#af3dd5ad0c6b4fad3e171899b2d91592a", null ],
    [ "exchange_scalar", "namespaceshoal.html#a6b1595e04d35b9158d2166a277bae6b1", null ],
    [ "compare_exchange_scalar", "namespaceshoal.html#a9cd053d88eb9cafae07ef265baeff40c", null ],
    [ "fetch_add_scalar", "namespaceshoal.html#ae5b3df4e46cda4c222c52c257aa6e52a", null ],
    [ "fetch_sub_scalar", "namespaceshoal.html#a01135c64a81b733760ff697d04d401ed", null ],
    [ "fetch_and_scalar", "namespaceshoal.html#a40c24bee2d96b19a282fc0f487724d19", null ],
    [ "fetch_or_scalar", "namespaceshoal.html#a248d2131ac2a53a797a7951639d07747", null ],
    [ "fetch_xor_scalar", "namespaceshoal.html#a77fe1e7b9e5ba37ab120c99a3dc6538e", null ],
    [ "load_any", "namespaceshoal.html#aa4825cc254a0ccfd075b98d646d43bf9", null ],
    [ "store_any", "namespaceshoal.html#a0ae8a036cb1519558ef2dac9490a7691", null ],
    [ "exchange_any", "namespaceshoal.html#afd71b4380cee47d56b4757c1b6edd433", null ],
    [ "compare_exchange_any", "namespaceshoal.html#af387bd48bdd981cd65cd8d6bf305cc22", null ],
    [ "load_ref", "namespaceshoal.html#a37d71e944716c7ef5e4004e27aa3eed1", null ],
    [ "store_ref", "namespaceshoal.html#a690496c54b5fbb6f9d9b20b722afd4f3", null ],
    [ "exchange_ref", "namespaceshoal.html#a8dd867f361603bea5d908f6f4ccfc07d", null ],
    [ "compare_exchange_ref", "namespaceshoal.html#abe7916b9741637dc68b931ef3498605d", null ]
];