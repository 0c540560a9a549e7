var thread__bound_8hpp =
[
    [ "bound_policy", "namespaceshoal.html#a6588db9377a950619e5f584930688ec7", [
      [ "error", "namespaceshoal.html#a6588db9377a950619e5f584930688ec7acb5e100e5a9a3e7f6d1fd97512215282", null ],
      [ "null", "namespaceshoal.html#a6588db9377a950619e5f584930688ec7a37a6259cc0c1dae299a7866489dff0bd", null ],
      [ "dispatch", "namespaceshoal.html#a6588db9377a950619e5f584930688ec7a9dddf2a4f7d94594ec2ea98407a410e1", null ]
    ] ],
    [ "is_thread_bound", "namespaceshoal.html#ab72b724abcfa6b645cb5008df7e26347", null ],
    [ "policy_of", "namespaceshoal.html#ac7366d66e34848df0ec386a1475dbb5e", null ],
    [ "bound_owner", "namespaceshoal.html#a53af31b0cfba674b61d7cc2aa2e22082", null ],
    [ "write_thread_bound", "namespaceshoal.html#a61337bfe3509aade37a5d527ba95a750", null ],
    [ "bound_get", "namespaceshoal.html#a7a17b0b3a9aa4a41757d3aba760b4a5f", null ],
    [ "bound_release", "namespaceshoal.html#a727ac308a9d690f03ef805a08dd5ce05", null ]
];