var cohort_8hpp =
[
    [ "cohort", "classshoal_1_1cohort.html", "classshoal_1_1cohort" ],
    [ "mismatch_policy", "namespaceshoal.html#a236f18628f7b6ee82c38ab3ae0f3f181", [
      [ "refuse", "namespaceshoal.html#a236f18628f7b6ee82c38ab3ae0f3f181a324a7590a91adf962f9b2a1d4ddaa6c9", null ],
      [ "separate", "namespaceshoal.html#a236f18628f7b6ee82c38ab3ae0f3f181ae0e163572822006823fd6bed78bbfebd", null ]
    ] ]
];