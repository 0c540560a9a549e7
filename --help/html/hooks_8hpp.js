var hooks_8hpp =
[
    [ "prototype", "classshoal_1_1prototype.html", "classshoal_1_1prototype" ],
    [ "resolve_request", "structshoal_1_1resolve__request.html", "structshoal_1_1resolve__request" ],
    [ "resolve_answer", "structshoal_1_1resolve__answer.html", "structshoal_1_1resolve__answer" ],
    [ "local_hooks", "structshoal_1_1local__hooks.html", "structshoal_1_1local__hooks" ],
    [ "released", "namespaceshoal.html#a88b3308323ed446a372da5eb6c856bc7", [
      [ "prototype", "namespaceshoal.html#a88b3308323ed446a372da5eb6c856bc7ac18462a35a7af69a3eea94f84b7d6a46", null ],
      [ "refusal", "namespaceshoal.html#a88b3308323ed446a372da5eb6c856bc7a1be4bf6d64c0c4c6956362a217d67999", null ],
      [ "agent_local", "namespaceshoal.html#a88b3308323ed446a372da5eb6c856bc7a12670b3bae0752c53f56756721023596", null ],
      [ "thread_local_function", "namespaceshoal.html#a88b3308323ed446a372da5eb6c856bc7a84e9ca022769dc8a38a1fd3fb6ce3cf3", null ],
      [ "thread_bound", "namespaceshoal.html#a88b3308323ed446a372da5eb6c856bc7a8d4cdeb838481642aa3464d311a0abf0", null ]
    ] ]
];