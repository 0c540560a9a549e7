var fence_8hpp =
[
    [ "prepare_fence_heavy", "namespaceshoal.html#ae7da96629896212b59b43e4a93d22c17", null ],
    [ "fence_light", "namespaceshoal.html#ae6de810b3d88403288bdba7e2e3fd4e6", null ],
    [ "fence_heavy", "namespaceshoal.html#af3e8fb4276065efbbb02cd9f8800aa25", null ]
];