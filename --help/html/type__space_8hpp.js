var type__space_8hpp =
[
    [ "type_space_options", "structshoal_1_1type__space__options.html", "structshoal_1_1type__space__options" ],
    [ "type_space", "classshoal_1_1type__space.html", "classshoal_1_1type__space" ]
];