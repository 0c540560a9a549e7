var agent_8hpp =
[
    [ "field_value", "structshoal_1_1field__value.html", "structshoal_1_1field__value" ],
    [ "element_place", "structshoal_1_1element__place.html", "structshoal_1_1element__place" ],
    [ "agent", "classshoal_1_1agent.html", "classshoal_1_1agent" ],
    [ "attachment", "classshoal_1_1attachment.html", "classshoal_1_1attachment" ],
    [ "entered", "classshoal_1_1entered.html", "classshoal_1_1entered" ],
    [ "blocked_region", "classshoal_1_1blocked__region.html", "classshoal_1_1blocked__region" ]
];