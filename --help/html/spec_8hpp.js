var spec_8hpp =
[
    [ "field_spec", "structshoal_1_1field__spec.html", "structshoal_1_1field__spec" ],
    [ "spec_list< T >", "classshoal_1_1spec__list.html", "classshoal_1_1spec__list" ],
    [ "type_spec", "structshoal_1_1type__spec.html", "structshoal_1_1type__spec" ],
    [ "array_spec", "structshoal_1_1array__spec.html", "structshoal_1_1array__spec" ],
    [ "field_list", "namespaceshoal.html#ad1dfce5ba4519bc10c35d7c48c5c296d", null ],
    [ "computed", "namespaceshoal.html#aa4efecfaf2a888e7bbb5dc79bad4b1a9", null ]
];