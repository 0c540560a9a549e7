var dir_1179ff5eec4e6a964589ac037b9b7c73 =
[
    [ "handle.hpp", "handle_8hpp.html", "handle_8hpp" ],
    [ "handle_pool.hpp", "handle__pool_8hpp.html", null ],
    [ "heap.hpp", "heap_8hpp.html", null ],
    [ "heap_context.hpp", "heap__context_8hpp.html", "heap__context_8hpp" ],
    [ "instance.hpp", "instance_8hpp.html", "instance_8hpp" ],
    [ "jemalloc_supply.hpp", "jemalloc__supply_8hpp.html", "jemalloc__supply_8hpp" ],
    [ "page_supply.hpp", "page__supply_8hpp.html", "page__supply_8hpp" ],
    [ "scope.hpp", "scope_8hpp.html", "scope_8hpp" ],
    [ "scope_chain.hpp", "scope__chain_8hpp.html", "scope__chain_8hpp" ],
    [ "shared_heap.hpp", "shared__heap_8hpp.html", "shared__heap_8hpp" ],
    [ "tracer.hpp", "tracer_8hpp.html", "tracer_8hpp" ]
];