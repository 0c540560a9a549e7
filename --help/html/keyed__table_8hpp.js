var keyed__table_8hpp =
[
    [ "keyed_table< Entry >", "classshoal_1_1keyed__table.html", "classshoal_1_1keyed__table" ],
    [ "keyed_table< Entry >::inserted", "structshoal_1_1keyed__table_1_1inserted.html", "structshoal_1_1keyed__table_1_1inserted" ]
];