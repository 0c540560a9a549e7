var searchData=
[
  ['errc_0',['errc',['../namespaceshoal.html#a1f0187a7b32e615cb45a17aaebc565db',1,'shoal']]]
];
