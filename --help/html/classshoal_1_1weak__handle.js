var classshoal_1_1weak__handle =
[
    [ "weak_handle", "classshoal_1_1weak__handle.html#aa368613df02458fc13be1cfeb88dc4bb", null ],
    [ "weak_handle", "classshoal_1_1weak__handle.html#abb186829277ad133ec2ae24197eeafde", null ],
    [ "weak_handle", "classshoal_1_1weak__handle.html#a7a689ad7722ddde04e4b68ec7248525e", null ],
    [ "operator=", "classshoal_1_1weak__handle.html#a938657da46b5b7cd3e91937e3a723909", null ],
    [ "get", "classshoal_1_1weak__handle.html#af5adffaf01cc066eff5ccd549639402c", null ],
    [ "adopt", "classshoal_1_1weak__handle.html#a39b342869e2a5167214c6b8bb376d201", null ]
];