var value_8hpp =
[
    [ "basic_value< E >", "classshoal_1_1basic__value.html", "classshoal_1_1basic__value" ],
    [ "typed_field< T >", "structshoal_1_1typed__field.html", "structshoal_1_1typed__field" ],
    [ "value", "namespaceshoal.html#a6c14c8841b352cea8f65037ccaf6a774", null ],
    [ "typed", "namespaceshoal.html#a9beb91050dd77b3b68611c8e0e6d426a", null ],
    [ "typed", "namespaceshoal.html#a1893cc7924ba20d47d5659bd29aaea81", null ],
    [ "kind_of_type", "namespaceshoal.html#a628610f3a7b88d0032db6a0b49cf24ea", null ]
];