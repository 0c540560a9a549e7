var handle_8hpp =
[
    [ "handle", "classshoal_1_1handle.html", "classshoal_1_1handle" ],
    [ "weak_handle", "classshoal_1_1weak__handle.html", "classshoal_1_1weak__handle" ]
];