var searchData=
[
  ['agent_0',['agent',['../classshoal_1_1agent.html',1,'shoal']]],
  ['agent_5faccount_1',['agent_account',['../structshoal_1_1agent__account.html',1,'shoal']]],
  ['agent_5fhooks_2',['agent_hooks',['../structshoal_1_1agent__hooks.html',1,'shoal']]],
  ['agent_5flocal_3',['agent_local',['../structshoal_1_1agent__local.html',1,'shoal']]],
  ['agent_5foptions_4',['agent_options',['../structshoal_1_1agent__options.html',1,'shoal']]],
  ['any_5fword_5',['any_word',['../structshoal_1_1any__word.html',1,'shoal']]],
  ['array_5fspec_6',['array_spec',['../structshoal_1_1array__spec.html',1,'shoal']]],
  ['attachment_7',['attachment',['../classshoal_1_1attachment.html',1,'shoal']]]
];
