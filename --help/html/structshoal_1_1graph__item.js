var structshoal_1_1graph__item =
[
    [ "kind", "structshoal_1_1graph__item.html#a846347d2e1c8b2450ba14a70dc2b6e02", [
      [ "leaf", "structshoal_1_1graph__item.html#a846347d2e1c8b2450ba14a70dc2b6e02abab4ff04cc14af66e4d42c85f888cfe6", null ],
      [ "node", "structshoal_1_1graph__item.html#a846347d2e1c8b2450ba14a70dc2b6e02a36c4536996ca5615dcf9911f068786dc", null ],
      [ "unshareable", "structshoal_1_1graph__item.html#a846347d2e1c8b2450ba14a70dc2b6e02aff712f66af6f72a2d8f190a647fe58b1", null ]
    ] ],
    [ "of_leaf", "structshoal_1_1graph__item.html#a81e738352db46df2452848bb862c3ff7", null ],
    [ "of_node", "structshoal_1_1graph__item.html#a8b80fe8cd9534e06ce3f6bf14405d33a", null ],
    [ "unshareable", "structshoal_1_1graph__item.html#a4c27671c8afc8833135675606614067b", null ],
    [ "what", "structshoal_1_1graph__item.html#aa442e6a791cda05e89b0afd61832220d", null ],
    [ "leaf", "structshoal_1_1graph__item.html#a419b7d6734d250ee5caf32ab78295b01", null ],
    [ "node", "structshoal_1_1graph__item.html#a3e6f490c28e2d2c7c169f9d42e876490", null ]
];