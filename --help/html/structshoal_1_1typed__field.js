var structshoal_1_1typed__field =
[
    [ "offset", "structshoal_1_1typed__field.html#ad5892b838fceb114233d2558cb90a1d8", null ],
    [ "ref_type", "structshoal_1_1typed__field.html#a71c66ad8ff49d605e6abeb876bcb3366", null ]
];