var namespaces_dup =
[
    [ "shoal", "namespaceshoal.html", "namespaceshoal" ]
];