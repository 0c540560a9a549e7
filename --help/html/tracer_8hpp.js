var tracer_8hpp =
[
    [ "root_visitor", "classshoal_1_1root__visitor.html", "classshoal_1_1root__visitor" ],
    [ "weak_visitor", "classshoal_1_1weak__visitor.html", "classshoal_1_1weak__visitor" ],
    [ "trace_hooks", "structshoal_1_1trace__hooks.html", "structshoal_1_1trace__hooks" ],
    [ "trace_statistics", "structshoal_1_1trace__statistics.html", "structshoal_1_1trace__statistics" ],
    [ "verify_result", "structshoal_1_1verify__result.html", "structshoal_1_1verify__result" ]
];