var classshoal_1_1scope__chain =
[
    [ "scope_chain", "classshoal_1_1scope__chain.html#adc38e2e0c927983ad14a417f8668cb34", null ],
    [ "~scope_chain", "classshoal_1_1scope__chain.html#af79c3b6ec9c3001ef25a8825627f4a76", null ],
    [ "scope_chain", "classshoal_1_1scope__chain.html#aa956c653cf4014b3f13a28ccfe9efef6", null ],
    [ "operator=", "classshoal_1_1scope__chain.html#a591887447c44e3cbc87246898029e657", null ],
    [ "context", "classshoal_1_1scope__chain.html#a93251f62f10c9f89fbc31f5cacabde00", null ],
    [ "try_push", "classshoal_1_1scope__chain.html#a23cff2ae1a97c6f66642cbabee2e2c6f", null ],
    [ "mark", "classshoal_1_1scope__chain.html#a89a073ff4b9f84e0e3a849a5e43f876b", null ],
    [ "reset_to", "classshoal_1_1scope__chain.html#a792d453ea62ee4bec48fd10c45f59968", null ],
    [ "slots", "classshoal_1_1scope__chain.html#a1178c34d4ab6f5bf71968d23128fc373", null ],
    [ "heap_context", "classshoal_1_1scope__chain.html#a63289e41998f7c3d6e2d934018a88ed2", null ],
    [ "scope", "classshoal_1_1scope__chain.html#a03cb966a669e3426ff8c3b282af16122", null ]
];