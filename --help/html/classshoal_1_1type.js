var classshoal_1_1type =
[
    [ "type", "classshoal_1_1type.html#ab8a5be7935e7e2d8e5e6d60d88bd2c89", null ],
    [ "type", "classshoal_1_1type.html#a49df72e221f6ce43e0ec35de8c0c459a", null ],
    [ "operator bool", "classshoal_1_1type.html#a7990d8e87d9eab2383f94c88c23a6488", null ],
    [ "get", "classshoal_1_1type.html#a36a6168d47144c7584b483599b11eb38", null ],
    [ "operator*", "classshoal_1_1type.html#a2f56455fb3abf4a2d564640090dfac0a", null ],
    [ "operator->", "classshoal_1_1type.html#a998d8cf6d9b57c831ac3729fd6e70ebd", null ],
    [ "name", "classshoal_1_1type.html#a230fbeae48c7cbad795f22e6cf6f9d2e", null ],
    [ "index", "classshoal_1_1type.html#acfee2f65d1d69a525416d1be10915e8e", null ],
    [ "parent", "classshoal_1_1type.html#ab7128dfabb827da13821d354cd7a0cea", null ],
    [ "is_a", "classshoal_1_1type.html#a316cde829928cebe56dbf75e9f9eb54e", null ],
    [ "fields", "classshoal_1_1type.html#a19b1faea68ebaf147c402a3471f97663", null ],
    [ "field_count", "classshoal_1_1type.html#adab1dc28ebb14bf2ee67fd47528770de", null ],
    [ "has_field", "classshoal_1_1type.html#a3e563966fa52678d9ba901a399ff5e8d", null ],
    [ "field", "classshoal_1_1type.html#aaf3a3cd105175f8be2754e77cffdfa5a", null ],
    [ "behaviour_for", "classshoal_1_1type.html#a7e694539f5293c04eee1655288dbd2e0", null ],
    [ "operator==", "classshoal_1_1type.html#adaba5fb91279fef9520183b1e8f98a1d", null ]
];