var classshoal_1_1wait__word =
[
    [ "wait", "classshoal_1_1wait__word.html#a8b55d00ec0d970ffdad0a29c136ce900", null ],
    [ "wake_one", "classshoal_1_1wait__word.html#ae48bee12ca4bff283b71bc2d78c34222", null ],
    [ "wake_all", "classshoal_1_1wait__word.html#ac00c41bf20c0847715d6d0298aca1122", null ],
    [ "cell", "classshoal_1_1wait__word.html#ab86eb20a9554607c0bc7786018c9dc7b", null ],
    [ "cell", "classshoal_1_1wait__word.html#a796aeffad7cd5a6ba6c43973bec74bad", null ],
    [ "cell", "classshoal_1_1wait__word.html#a7df58eeafef9f8f5fbee677bede04f75", null ]
];