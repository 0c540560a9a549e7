var searchData=
[
  ['unbind_0',['unbind',['../classshoal_1_1realm.html#af6e69f943456fa8a7e5ad36a3d343ddb',1,'shoal::realm']]],
  ['unbound_5fentries_1',['unbound_entries',['../classshoal_1_1local__space.html#a3a2e104490d20c7f09dbcf5cbdd96b26',1,'shoal::local_space']]],
  ['undefined_2',['undefined',['../structshoal_1_1datum.html#ae49cc3c67b6ad8c874ddcb5c13d5318c',1,'shoal::datum::undefined()'],['../classshoal_1_1basic__value.html#addb84d343fb7195137a545e5842e7c9a',1,'shoal::basic_value::undefined()']]],
  ['units_3',['units',['../classshoal_1_1string__view.html#aa8d64d90d7b1e46dceaceaf943df210a',1,'shoal::string_view']]],
  ['unlock_4',['unlock',['../classshoal_1_1unlock__token.html#a4b7c1039f47fca6ca12bbf9134a543a1',1,'shoal::unlock_token']]],
  ['unlock_5ffair_5',['unlock_fair',['../classshoal_1_1unlock__token.html#a069464db3beef739ce2c5627e90eadfb',1,'shoal::unlock_token']]],
  ['unlock_5ftoken_6',['unlock_token',['../classshoal_1_1unlock__token.html#aeb90d613d5bb3ec1191f8122ccf64eed',1,'shoal::unlock_token::unlock_token() noexcept=default'],['../classshoal_1_1unlock__token.html#abc8d72ff3bfc0b0adf30dd43ef99a93d',1,'shoal::unlock_token::unlock_token(unlock_token &amp;&amp;from) noexcept']]],
  ['unpark_7',['unpark',['../classshoal_1_1parking__lot.html#acd66fbcaf12e9fe1dbc1048f9bdba3b9',1,'shoal::parking_lot']]],
  ['unpark_5fif_8',['unpark_if',['../classshoal_1_1parking__lot.html#aeef9f5940aacfdbf0c07f7cea19fca72',1,'shoal::parking_lot']]],
  ['unpark_5fone_9',['unpark_one',['../classshoal_1_1parking__lot.html#ad05307c6e1c1627371bd7467f2344c78',1,'shoal::parking_lot']]],
  ['unshareable_10',['unshareable',['../structshoal_1_1graph__item.html#a4c27671c8afc8833135675606614067b',1,'shoal::graph_item']]],
  ['upcoming_5fidentity_11',['upcoming_identity',['../classshoal_1_1local__space.html#adb444e53a0b881ddbcee7bf99181aec9',1,'shoal::local_space']]]
];
