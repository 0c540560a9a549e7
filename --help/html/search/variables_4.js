var searchData=
[
  ['element_0',['element',['../structshoal_1_1descriptor.html#a51675ed337488c9d559c95a2c5229f31',1,'shoal::descriptor::element()'],['../structshoal_1_1array__spec.html#a51675ed337488c9d559c95a2c5229f31',1,'shoal::array_spec::element()']]],
  ['entry_1',['entry',['../structshoal_1_1keyed__table_1_1inserted.html#a8b4ca2d42a048b73fab5cf7c76cb6f9f',1,'shoal::keyed_table::inserted']]],
  ['error_5f_2',['error_',['../classshoal_1_1result.html#a3551483cb129ba33c770e95ded40a1ec',1,'shoal::result']]],
  ['extends_3',['extends',['../structshoal_1_1type__spec.html#a7af864f57a4858bbf11b80b62b0ccc09',1,'shoal::type_spec']]]
];
