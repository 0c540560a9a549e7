var searchData=
[
  ['undefined_0',['undefined',['../structshoal_1_1encoding.html#a2589b75973a51fce4be40bf3000982c6',1,'shoal::encoding::undefined()'],['../structshoal_1_1nan__box.html#a7e47a03481c5d5b005b3c2639a34456c',1,'shoal::nan_box::undefined()']]],
  ['unordered_1',['unordered',['../namespaceshoal.html#ac6b67c12b995b21d4673bcc4edcbdf7d',1,'shoal']]],
  ['unshared_5fmask_2',['unshared_mask',['../structshoal_1_1encoding.html#ab8aa8a1ff028a66a0c79e2e829c29d70',1,'shoal::encoding']]],
  ['unshared_5ftag_3',['unshared_tag',['../structshoal_1_1encoding.html#a8bb31fee3a4492c6fea917cebcfebe38',1,'shoal::encoding']]]
];
