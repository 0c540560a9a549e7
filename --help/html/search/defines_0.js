var searchData=
[
  ['shoal_5fabi_0',['SHOAL_ABI',['../config_8hpp.html#a8d62bc4f89f976f082c1f62826113a43',1,'config.hpp']]],
  ['shoal_5fapi_1',['SHOAL_API',['../config_8hpp.html#a92680912e024c223443fbc85e3607bb4',1,'config.hpp']]],
  ['shoal_5fassert_2',['SHOAL_ASSERT',['../assert_8hpp.html#a3bbbd8eb85bef9a0ab35fb687d2f5d1e',1,'assert.hpp']]],
  ['shoal_5fassert_5ffull_3',['SHOAL_ASSERT_FULL',['../assert_8hpp.html#acc2cd320ec24773cf97ae76334b21384',1,'assert.hpp']]],
  ['shoal_5fcheck_5f_4',['SHOAL_CHECK_',['../assert_8hpp.html#ad60f65c2103ba0d9865853cc0b28a306',1,'assert.hpp']]],
  ['shoal_5finline_5',['SHOAL_INLINE',['../config_8hpp.html#a8d6a4bde9809274a1f94b50e6d8b94a5',1,'config.hpp']]],
  ['shoal_5fslow_6',['SHOAL_SLOW',['../config_8hpp.html#aa9cf9d2b5c4ddd9dcb7d97cc3fa747ed',1,'config.hpp']]],
  ['shoal_5fversion_5fmajor_7',['SHOAL_VERSION_MAJOR',['../config_8hpp.html#a5f5926a900ac777fe642843ddd365724',1,'config.hpp']]],
  ['shoal_5fversion_5fminor_8',['SHOAL_VERSION_MINOR',['../config_8hpp.html#aa3fb6cba2c2562d1dcb40a8bb7b7fb8c',1,'config.hpp']]],
  ['shoal_5fversion_5fpatch_9',['SHOAL_VERSION_PATCH',['../config_8hpp.html#a2da0b19c0332303ec4b47e61c7591321',1,'config.hpp']]]
];
