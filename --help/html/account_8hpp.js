var account_8hpp =
[
    [ "agent_account", "structshoal_1_1agent__account.html", "structshoal_1_1agent__account" ],
    [ "cluster_account", "structshoal_1_1cluster__account.html", "structshoal_1_1cluster__account" ],
    [ "type_account", "structshoal_1_1type__account.html", "structshoal_1_1type__account" ],
    [ "to_json", "namespaceshoal.html#a1d595c221497024d616dfc5a782823c8", null ],
    [ "to_json", "namespaceshoal.html#ab6452e0f4679c120618e6ebe6f3b65cd", null ],
    [ "to_json", "namespaceshoal.html#acf205f3a0fff856ffd7b6d2e4e4d7a9f", null ]
];