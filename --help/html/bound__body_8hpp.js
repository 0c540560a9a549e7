var bound__body_8hpp =
[
    [ "thread_bound_bytes", "namespaceshoal.html#a4f531ff2e5e87b5121323d1044524fbc", null ]
];