var searchData=
[
  ['nan_5fbox_0',['nan_box',['../structshoal_1_1nan__box.html',1,'shoal']]]
];
