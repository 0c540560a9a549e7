var registry_8hpp =
[
    [ "weak_hook", "structshoal_1_1weak__hook.html", "structshoal_1_1weak__hook" ]
];