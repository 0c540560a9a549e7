var difference_8hpp =
[
    [ "same_layout", "namespaceshoal.html#a66274daeafb727920de009e208cde831", null ],
    [ "first_difference", "namespaceshoal.html#a7ce03b09b4071df9f90847d3e0a4d08b", null ]
];