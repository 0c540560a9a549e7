var searchData=
[
  ['pending_0',['pending',['../structshoal_1_1resolve__answer.html#a846347d2e1c8b2450ba14a70dc2b6e02a7c6c2e5d48ab37a007cbf70d3ea25fa4',1,'shoal::resolve_answer::pending()'],['../namespaceshoal.html#a1f0187a7b32e615cb45a17aaebc565dba7c6c2e5d48ab37a007cbf70d3ea25fa4',1,'shoal::pending()']]],
  ['pending_5fword_1',['pending_word',['../classshoal_1_1prototype.html#a0e2026d7630e79f9e236f8930ecc789faccb636cd7c22adfae019856f181756ee',1,'shoal::prototype']]],
  ['prototype_2',['prototype',['../namespaceshoal.html#a88b3308323ed446a372da5eb6c856bc7ac18462a35a7af69a3eea94f84b7d6a46',1,'shoal']]]
];
