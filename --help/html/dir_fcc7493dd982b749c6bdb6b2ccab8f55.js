var dir_fcc7493dd982b749c6bdb6b2ccab8f55 =
[
    [ "block.hpp", "block_8hpp.html", null ],
    [ "check.hpp", "check_8hpp.html", null ],
    [ "cohort.hpp", "cohort_8hpp.html", "cohort_8hpp" ],
    [ "describe.hpp", "describe_8hpp.html", null ],
    [ "descriptor.hpp", "descriptor_8hpp.html", "descriptor_8hpp" ],
    [ "difference.hpp", "difference_8hpp.html", "difference_8hpp" ],
    [ "hash.hpp", "hash_8hpp.html", "hash_8hpp" ],
    [ "identity.hpp", "identity_8hpp.html", "identity_8hpp" ],
    [ "keyed_table.hpp", "keyed__table_8hpp.html", "keyed__table_8hpp" ],
    [ "kind.hpp", "kind_8hpp.html", "kind_8hpp" ],
    [ "layout.hpp", "layout_8hpp.html", null ],
    [ "make_record.hpp", "make__record_8hpp.html", null ],
    [ "record.hpp", "record_8hpp.html", null ],
    [ "registration_key.hpp", "registration__key_8hpp.html", "registration__key_8hpp" ],
    [ "registry.hpp", "registry_8hpp.html", "registry_8hpp" ],
    [ "spec.hpp", "spec_8hpp.html", "spec_8hpp" ],
    [ "static_layout.hpp", "static__layout_8hpp.html", "static__layout_8hpp" ],
    [ "type.hpp", "type_8hpp.html", null ],
    [ "type_space.hpp", "type__space_8hpp.html", "type__space_8hpp" ],
    [ "type_table.hpp", "type__table_8hpp.html", "type__table_8hpp" ]
];