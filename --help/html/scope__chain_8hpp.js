var scope__chain_8hpp =
[
    [ "scope_mark", "classshoal_1_1scope__mark.html", "classshoal_1_1scope__mark" ],
    [ "scope_chain", "classshoal_1_1scope__chain.html", "classshoal_1_1scope__chain" ]
];