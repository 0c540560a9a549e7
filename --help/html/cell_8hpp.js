var cell_8hpp =
[
    [ "cell< T >", "classshoal_1_1cell.html", "classshoal_1_1cell" ],
    [ "cell_at", "namespaceshoal.html#a236e134fb77b83475ec1c3270ce1d1a3", null ],
    [ "cell_at", "namespaceshoal.html#a62cd57d12cecccc41197145cf1b94281", null ]
];