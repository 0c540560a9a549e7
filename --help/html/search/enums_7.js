var searchData=
[
  ['shape_0',['shape',['../namespaceshoal.html#afecfc02e894dc4d037caa8029d930d0b',1,'shoal']]],
  ['string_5fform_1',['string_form',['../namespaceshoal.html#a8624d53d2eb216798bd42b48b6e6298f',1,'shoal']]]
];
