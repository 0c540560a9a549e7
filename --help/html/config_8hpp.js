var config_8hpp =
[
    [ "SHOAL_VERSION_MAJOR", "config_8hpp.html#a5f5926a900ac777fe642843ddd365724", null ],
    [ "SHOAL_VERSION_MINOR", "config_8hpp.html#aa3fb6cba2c2562d1dcb40a8bb7b7fb8c", null ],
    [ "SHOAL_VERSION_PATCH", "config_8hpp.html#a2da0b19c0332303ec4b47e61c7591321", null ],
    [ "SHOAL_ABI", "config_8hpp.html#a8d62bc4f89f976f082c1f62826113a43", null ],
    [ "SHOAL_INLINE", "config_8hpp.html#a8d6a4bde9809274a1f94b50e6d8b94a5", null ],
    [ "SHOAL_SLOW", "config_8hpp.html#aa9cf9d2b5c4ddd9dcb7d97cc3fa747ed", null ],
    [ "SHOAL_API", "config_8hpp.html#a92680912e024c223443fbc85e3607bb4", null ]
];