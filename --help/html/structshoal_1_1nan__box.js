var structshoal_1_1nan__box =
[
    [ "shareable", "structshoal_1_1nan__box.html#abcdb15394bd4226f1912a2a75bbe216f", null ],
    [ "kind_of", "structshoal_1_1nan__box.html#a5dc8b1b6d78e159a7e84177457662337", null ],
    [ "from_double", "structshoal_1_1nan__box.html#aa7a02ccff232d812553345acdc37bbb5", null ],
    [ "from_int32", "structshoal_1_1nan__box.html#a8b21efdb7457affdb0223381da01c1b2", null ],
    [ "from_bool", "structshoal_1_1nan__box.html#ab6cbc2ea90788f49abaefa12873e67dc", null ],
    [ "from_reference", "structshoal_1_1nan__box.html#af7827fe1667bccbfbb9a2a969722c5c4", null ],
    [ "from_local", "structshoal_1_1nan__box.html#a0e408c69f7a18a27273ebec9df69bf0d", null ],
    [ "to_double", "structshoal_1_1nan__box.html#a93291bdfe04c1c4b6a59ae95545c09af", null ],
    [ "to_int32", "structshoal_1_1nan__box.html#af2e2dc60e82b6346035118c4a97271cc", null ],
    [ "to_bool", "structshoal_1_1nan__box.html#ac7c362b192a696614b8ff71d0faf1d03", null ],
    [ "int32_tag", "structshoal_1_1nan__box.html#a5a035513d013979ffeb0617a4984d32f", null ],
    [ "object_tag", "structshoal_1_1nan__box.html#ada7383f21facfc7c444bd5ab612ee6bc", null ],
    [ "string_tag", "structshoal_1_1nan__box.html#af269009c665b2054ad5b68fd438eb113", null ],
    [ "local_tag", "structshoal_1_1nan__box.html#ad24acb29d0dea2f9218d5c2415aa9877", null ],
    [ "double_offset", "structshoal_1_1nan__box.html#a3270bf68fbcb6572116566ede44dedfe", null ],
    [ "tag_pair", "structshoal_1_1nan__box.html#aa303f699b84cbd758446b89735ba1a37", null ],
    [ "payload", "structshoal_1_1nan__box.html#aa4fd67d39a7638693bb6775f888bb6df", null ],
    [ "undefined", "structshoal_1_1nan__box.html#a7e47a03481c5d5b005b3c2639a34456c", null ],
    [ "null", "structshoal_1_1nan__box.html#a1505fb4a78a85ff809b300c1f045d214", null ],
    [ "data", "structshoal_1_1nan__box.html#a229a47cc38c71d4c17ea9ad2e7975f3b", null ]
];