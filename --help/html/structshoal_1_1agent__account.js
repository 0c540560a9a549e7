var structshoal_1_1agent__account =
[
    [ "identity", "structshoal_1_1agent__account.html#a33c4e3bf9f201f0800317e7d418f0ded", null ],
    [ "prototypes", "structshoal_1_1agent__account.html#acf5202e1b6f94237236ba3c11f56c87d", null ],
    [ "agent_locals", "structshoal_1_1agent__account.html#aee1fe7ea88dc6d14a8199b206a73dad5", null ],
    [ "scope_slots", "structshoal_1_1agent__account.html#a37bcb1d0ddca34d76bec79b2bdee6b3c", null ],
    [ "handles", "structshoal_1_1agent__account.html#a1162cece346ee9d0c48625e54f4a1bd9", null ],
    [ "thread_bound", "structshoal_1_1agent__account.html#a6f95dd42a915db1d1eb5e18881d87eff", null ],
    [ "bytes_allocated", "structshoal_1_1agent__account.html#a30b908c8f33e36b426d2363f65ae8431", null ]
];