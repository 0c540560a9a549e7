var dir_96d89d7406f3766503411054d3fd9684 =
[
    [ "bound_body.hpp", "bound__body_8hpp.html", "bound__body_8hpp" ],
    [ "hooks.hpp", "hooks_8hpp.html", "hooks_8hpp" ],
    [ "local.hpp", "local_8hpp.html", null ],
    [ "local_context.hpp", "local__context_8hpp.html", "local__context_8hpp" ],
    [ "local_space.hpp", "local__space_8hpp.html", "local__space_8hpp" ],
    [ "prototype_table.hpp", "prototype__table_8hpp.html", "prototype__table_8hpp" ],
    [ "realm.hpp", "realm_8hpp.html", "realm_8hpp" ],
    [ "thread_bound.hpp", "thread__bound_8hpp.html", "thread__bound_8hpp" ],
    [ "thread_local_function.hpp", "thread__local__function_8hpp.html", "thread__local__function_8hpp" ]
];