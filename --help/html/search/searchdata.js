var indexSectionsWithContent =
{
  0: "abcdefghijklmnopqrstuvw~",
  1: "abcdefghiklmnopqrstuvw",
  2: "s",
  3: "abcdefghijklmoprstvw",
  4: "abcdefghijklmnoprstuvw~",
  5: "abcdefghiklmnopqrstuvw",
  6: "defosv",
  7: "befkmprstv",
  8: "abcdefgilmnoprstuvw",
  9: "abcehlmos",
  10: "s",
  11: "acdefghilmprstw",
  12: "s"
};

var indexSectionNames =
{
  0: "all",
  1: "classes",
  2: "namespaces",
  3: "files",
  4: "functions",
  5: "variables",
  6: "typedefs",
  7: "enums",
  8: "enumvalues",
  9: "related",
  10: "defines",
  11: "pages",
  12: "concepts"
};

var indexSectionLabels =
{
  0: "All",
  1: "Classes",
  2: "Namespaces",
  3: "Files",
  4: "Functions",
  5: "Variables",
  6: "Typedefs",
  7: "Enumerations",
  8: "Enumerator",
  9: "Friends",
  10: "Macros",
  11: "Pages",
  12: "Concepts"
};

