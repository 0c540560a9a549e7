var dir_34e055c3d0998f50c7330c73553bf104 =
[
    [ "assert.hpp", "assert_8hpp.html", "assert_8hpp" ],
    [ "atomic_product.hpp", "atomic__product_8hpp.html", null ],
    [ "base.hpp", "base_8hpp.html", null ],
    [ "cell.hpp", "cell_8hpp.html", "cell_8hpp" ],
    [ "config.hpp", "config_8hpp.html", "config_8hpp" ],
    [ "encoding.hpp", "encoding_8hpp.html", "encoding_8hpp" ],
    [ "fence.hpp", "fence_8hpp.html", "fence_8hpp" ],
    [ "lock.hpp", "lock_8hpp.html", "lock_8hpp" ],
    [ "memory.hpp", "memory_8hpp.html", "memory_8hpp" ],
    [ "order.hpp", "order_8hpp.html", "order_8hpp" ],
    [ "payload.hpp", "payload_8hpp.html", "payload_8hpp" ],
    [ "result.hpp", "result_8hpp.html", "result_8hpp" ],
    [ "vec128.hpp", "vec128_8hpp.html", "vec128_8hpp" ],
    [ "wait_word.hpp", "wait__word_8hpp.html", "wait__word_8hpp" ]
];