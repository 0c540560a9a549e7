var dir_a28f12def9713dd159a7241b97c3e32a =
[
    [ "access.hpp", "access_8hpp.html", "access_8hpp" ],
    [ "array.hpp", "array_8hpp.html", "array_8hpp" ],
    [ "datum.hpp", "datum_8hpp.html", "datum_8hpp" ],
    [ "generic.hpp", "generic_8hpp.html", "generic_8hpp" ],
    [ "header.hpp", "header_8hpp.html", "header_8hpp" ],
    [ "object.hpp", "object_8hpp.html", null ],
    [ "reference.hpp", "reference_8hpp.html", "reference_8hpp" ],
    [ "ring.hpp", "ring_8hpp.html", "ring_8hpp" ],
    [ "string.hpp", "string_8hpp.html", "string_8hpp" ],
    [ "type_handle.hpp", "type__handle_8hpp.html", "type__handle_8hpp" ],
    [ "value.hpp", "value_8hpp.html", "value_8hpp" ]
];