var descriptor_8hpp =
[
    [ "builtin", "structshoal_1_1builtin.html", "structshoal_1_1builtin" ],
    [ "limits", "structshoal_1_1limits.html", "structshoal_1_1limits" ],
    [ "field_key", "structshoal_1_1field__key.html", "structshoal_1_1field__key" ],
    [ "field", "structshoal_1_1field.html", "structshoal_1_1field" ],
    [ "blueprint", "structshoal_1_1blueprint.html", "structshoal_1_1blueprint" ],
    [ "field_entry", "structshoal_1_1field__entry.html", "structshoal_1_1field__entry" ],
    [ "behaviour", "structshoal_1_1behaviour.html", "structshoal_1_1behaviour" ],
    [ "descriptor", "structshoal_1_1descriptor.html", "structshoal_1_1descriptor" ],
    [ "shape", "namespaceshoal.html#afecfc02e894dc4d037caa8029d930d0b", [
      [ "structure", "namespaceshoal.html#afecfc02e894dc4d037caa8029d930d0ba07414f4e15ca943e6cde032dec85d92f", null ],
      [ "array", "namespaceshoal.html#afecfc02e894dc4d037caa8029d930d0baf1f713c9e000f5d3f280adbd124df4f5", null ],
      [ "string", "namespaceshoal.html#afecfc02e894dc4d037caa8029d930d0bab45cffe084dd3d20d928bee85e7b0f21", null ],
      [ "boxed_integer", "namespaceshoal.html#afecfc02e894dc4d037caa8029d930d0baf2a73e7aba136f0693e4b4f006a5fca9", null ],
      [ "type_handle", "namespaceshoal.html#afecfc02e894dc4d037caa8029d930d0baa781771062c2b961b77f66ecf22e03d7", null ],
      [ "thread_local_function", "namespaceshoal.html#afecfc02e894dc4d037caa8029d930d0ba84e9ca022769dc8a38a1fd3fb6ce3cf3", null ],
      [ "thread_bound", "namespaceshoal.html#afecfc02e894dc4d037caa8029d930d0ba8d4cdeb838481642aa3464d311a0abf0", null ],
      [ "mutex", "namespaceshoal.html#afecfc02e894dc4d037caa8029d930d0ba25a01bb859125507013a2fe9737d3c32", null ],
      [ "condition", "namespaceshoal.html#afecfc02e894dc4d037caa8029d930d0ba3f9178c25b78ed8bed19091bcb62e266", null ],
      [ "mailbox", "namespaceshoal.html#afecfc02e894dc4d037caa8029d930d0ba729e78ea31a64edbe403f9edcbd82602", null ],
      [ "filler", "namespaceshoal.html#afecfc02e894dc4d037caa8029d930d0babf030bf45e96260d02f19fb9845cee16", null ]
    ] ],
    [ "name_of", "namespaceshoal.html#ab3e6459b453f277ea705bc9a6976ed3f", null ],
    [ "is_a", "namespaceshoal.html#ac3c104119fa55f3e05c58a4f4e3cd2d0", null ]
];