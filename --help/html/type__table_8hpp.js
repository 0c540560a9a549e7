var type__table_8hpp =
[
    [ "quiesce_hook", "structshoal_1_1quiesce__hook.html", "structshoal_1_1quiesce__hook" ]
];