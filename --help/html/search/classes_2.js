var searchData=
[
  ['cell_0',['cell',['../classshoal_1_1cell.html',1,'shoal']]],
  ['cell_3c_20detail_3a_3ablock_20_2a_20_3e_1',['cell&lt; detail::block * &gt;',['../classshoal_1_1cell.html',1,'shoal']]],
  ['cell_3c_20detail_3a_3aslab_20_2a_20_3e_2',['cell&lt; detail::slab * &gt;',['../classshoal_1_1cell.html',1,'shoal']]],
  ['cell_3c_20entry_20_2a_20_3e_3',['cell&lt; Entry * &gt;',['../classshoal_1_1cell.html',1,'shoal']]],
  ['cell_3c_20slots_20_2a_20_3e_4',['cell&lt; slots * &gt;',['../classshoal_1_1cell.html',1,'shoal']]],
  ['cell_3c_20std_3a_3auint32_5ft_20_3e_5',['cell&lt; std::uint32_t &gt;',['../classshoal_1_1cell.html',1,'shoal']]],
  ['cell_3c_20std_3a_3auint64_5ft_20_3e_6',['cell&lt; std::uint64_t &gt;',['../classshoal_1_1cell.html',1,'shoal']]],
  ['cell_3c_20std_3a_3auint8_5ft_20_3e_7',['cell&lt; std::uint8_t &gt;',['../classshoal_1_1cell.html',1,'shoal']]],
  ['chosen_8',['chosen',['../structshoal_1_1parking__lot_1_1chosen.html',1,'shoal::parking_lot']]],
  ['cluster_9',['cluster',['../classshoal_1_1cluster.html',1,'shoal']]],
  ['cluster_5faccount_10',['cluster_account',['../structshoal_1_1cluster__account.html',1,'shoal']]],
  ['cluster_5fextension_11',['cluster_extension',['../structshoal_1_1cluster__extension.html',1,'shoal']]],
  ['cluster_5foptions_12',['cluster_options',['../structshoal_1_1cluster__options.html',1,'shoal']]],
  ['cohort_13',['cohort',['../classshoal_1_1cohort.html',1,'shoal']]],
  ['condition_14',['condition',['../structshoal_1_1condition.html',1,'shoal']]]
];
