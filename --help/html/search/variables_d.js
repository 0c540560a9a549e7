var searchData=
[
  ['object_0',['object',['../structshoal_1_1datum.html#a077376d12464f945e2414d5499c79b3f',1,'shoal::datum']]],
  ['object_5fcount_1',['object_count',['../structshoal_1_1dispatch__message.html#ad9141cc3d79973c75c554429dd74b113',1,'shoal::dispatch_message']]],
  ['object_5ftag_2',['object_tag',['../structshoal_1_1nan__box.html#ada7383f21facfc7c444bd5ab612ee6bc',1,'shoal::nan_box']]],
  ['objects_3',['objects',['../structshoal_1_1type__account.html#a4de951d918bcebd7cda628562d8392c9',1,'shoal::type_account::objects()'],['../structshoal_1_1dispatch__message.html#a9cee171ee9a89bc88cfbff66b1cba357',1,'shoal::dispatch_message::objects()'],['../structshoal_1_1verify__result.html#a4de951d918bcebd7cda628562d8392c9',1,'shoal::verify_result::objects()']]],
  ['offset_4',['offset',['../structshoal_1_1typed__field.html#ad5892b838fceb114233d2558cb90a1d8',1,'shoal::typed_field::offset()'],['../structshoal_1_1field.html#ad5892b838fceb114233d2558cb90a1d8',1,'shoal::field::offset()'],['../structshoal_1_1field__spec.html#ad5892b838fceb114233d2558cb90a1d8',1,'shoal::field_spec::offset()']]],
  ['orphan_5fhandles_5',['orphan_handles',['../structshoal_1_1cluster__account.html#a1bcd07f42232a376668a6f7e4758d751',1,'shoal::cluster_account']]],
  ['own_5ffields_6',['own_fields',['../structshoal_1_1descriptor.html#ab7eb36059abf90d8c552508995a28984',1,'shoal::descriptor']]],
  ['owner_7',['owner',['../structshoal_1_1field.html#a759bf27b272f2d2ba2c6e673114e249d',1,'shoal::field']]]
];
