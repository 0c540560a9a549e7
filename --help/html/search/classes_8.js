var searchData=
[
  ['inserted_0',['inserted',['../structshoal_1_1keyed__table_1_1inserted.html',1,'shoal::keyed_table']]]
];
