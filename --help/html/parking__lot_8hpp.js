var parking__lot_8hpp =
[
    [ "parking_lot", "classshoal_1_1parking__lot.html", "classshoal_1_1parking__lot" ],
    [ "parking_lot::chosen", "structshoal_1_1parking__lot_1_1chosen.html", "structshoal_1_1parking__lot_1_1chosen" ],
    [ "parking_lot::decision", "structshoal_1_1parking__lot_1_1decision.html", "structshoal_1_1parking__lot_1_1decision" ],
    [ "park_result", "namespaceshoal.html#a75cc6bb36d123cb1339d1b1932d3d958", [
      [ "unparked", "namespaceshoal.html#a75cc6bb36d123cb1339d1b1932d3d958ae177024d0b28c74b75fbced92361fb54", null ],
      [ "invalid", "namespaceshoal.html#a75cc6bb36d123cb1339d1b1932d3d958afedb2d84cafe20862cb4399751a8a7e3", null ],
      [ "timed_out", "namespaceshoal.html#a75cc6bb36d123cb1339d1b1932d3d958a56c27b1ab1a5a5a0eae853cabb4dc0c1", null ],
      [ "interrupted", "namespaceshoal.html#a75cc6bb36d123cb1339d1b1932d3d958afadb76763385627e57ec386c9b6038f0", null ]
    ] ]
];