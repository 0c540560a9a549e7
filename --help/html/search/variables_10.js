var searchData=
[
  ['ref_5fself_0',['ref_self',['../structshoal_1_1field__spec.html#a44d1cb1cb94420a6dc4342fdae6f7880',1,'shoal::field_spec']]],
  ['ref_5ftype_1',['ref_type',['../structshoal_1_1typed__field.html#a71c66ad8ff49d605e6abeb876bcb3366',1,'shoal::typed_field::ref_type()'],['../structshoal_1_1field.html#a71c66ad8ff49d605e6abeb876bcb3366',1,'shoal::field::ref_type()'],['../structshoal_1_1descriptor.html#a71c66ad8ff49d605e6abeb876bcb3366',1,'shoal::descriptor::ref_type()'],['../structshoal_1_1field__spec.html#a4a9b6800f28722dd5a1cf1f04f0ed348',1,'shoal::field_spec::ref_type()'],['../structshoal_1_1array__spec.html#a4a9b6800f28722dd5a1cf1f04f0ed348',1,'shoal::array_spec::ref_type()']]],
  ['reference_5fcount_2',['reference_count',['../structshoal_1_1descriptor.html#a5baad2ae63a282a57f0f232c92944ab5',1,'shoal::descriptor']]],
  ['reference_5fmask_3',['reference_mask',['../structshoal_1_1encoding.html#aabc5418873a5e612211d90e12b883c1a',1,'shoal::encoding']]],
  ['reference_5foffsets_4',['reference_offsets',['../structshoal_1_1descriptor.html#a7344689eddb02f417538eb7c04a306e3',1,'shoal::descriptor']]],
  ['reference_5ftag_5',['reference_tag',['../structshoal_1_1encoding.html#a0bed387bf37880fc6e2782798b2c2c63',1,'shoal::encoding']]],
  ['references_6',['references',['../structshoal_1_1verify__result.html#afff23b7b422cb4c5d71afab52e657dca',1,'shoal::verify_result']]],
  ['relaxed_7',['relaxed',['../namespaceshoal.html#a0d9fb5e00f302266c6754bd03121b7db',1,'shoal']]],
  ['release_8',['release',['../namespaceshoal.html#ab2a3b4946c208a20f40af331a3f821f6',1,'shoal::release()'],['../structshoal_1_1local__hooks.html#ab1c7f4b7601e3cc054138094adc3348a',1,'shoal::local_hooks::release()'],['../structshoal_1_1page__supply.html#a08acd46ec12a74e77e5bf49ee744a6a0',1,'shoal::page_supply::release()'],['../structshoal_1_1metadata__hook.html#a08acd46ec12a74e77e5bf49ee744a6a0',1,'shoal::metadata_hook::release()'],['../structshoal_1_1agent__hooks.html#ac94f3d938afa94003a3c7a47cbdddc53',1,'shoal::agent_hooks::release()']]],
  ['rescans_9',['rescans',['../structshoal_1_1trace__statistics.html#a49e37518c39265040f6d1ee860033ab3',1,'shoal::trace_statistics']]],
  ['resolve_5fprototype_10',['resolve_prototype',['../structshoal_1_1agent__hooks.html#aa5498c75a5743692eb8e143c8ff47e16',1,'shoal::agent_hooks::resolve_prototype()'],['../structshoal_1_1local__hooks.html#a5fee529bf23966488548c30860ab8aa5',1,'shoal::local_hooks::resolve_prototype()']]],
  ['role_11',['role',['../structshoal_1_1agent__options.html#a9210ccbe88bb6a845b05fec8af6f0746',1,'shoal::agent_options::role()'],['../structshoal_1_1resolve__request.html#a9210ccbe88bb6a845b05fec8af6f0746',1,'shoal::resolve_request::role()'],['../structshoal_1_1behaviour.html#a9210ccbe88bb6a845b05fec8af6f0746',1,'shoal::behaviour::role()']]],
  ['roots_12',['roots',['../structshoal_1_1trace__hooks.html#a4df98033be748c446103498ffd3a8957',1,'shoal::trace_hooks']]]
];
