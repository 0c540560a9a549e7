var thread__local__function_8hpp =
[
    [ "is_thread_local_function", "namespaceshoal.html#ab226ca4cd1fdc25c98e490dd08fb9f87", null ],
    [ "slot_of", "namespaceshoal.html#a987622c9541b385e52db2b47887d3937", null ],
    [ "binding_of", "namespaceshoal.html#a3a112343c5d9b24c99736b0d7ffb5992", null ],
    [ "initialize", "namespaceshoal.html#aba7d0fee17a373d138eb33781da540c6", null ],
    [ "call_binding", "namespaceshoal.html#abffc8454df11a8d8c463a7037ba5d7d9", null ],
    [ "call_binding", "namespaceshoal.html#aa36d90d190329a5b5ed8c08deefa9ee2", null ],
    [ "thread_local_function_bytes", "namespaceshoal.html#ab65159f6e25741227cf85bfdf88d50d0", null ]
];