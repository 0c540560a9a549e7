var dir_97a645f087cb9f32bb231fc59560a527 =
[
    [ "account.hpp", "account_8hpp.html", "account_8hpp" ],
    [ "agent.hpp", "agent_8hpp.html", "agent_8hpp" ],
    [ "agent_hooks.hpp", "agent__hooks_8hpp.html", "agent__hooks_8hpp" ],
    [ "cluster.hpp", "cluster_8hpp.html", "cluster_8hpp" ],
    [ "dispatch.hpp", "dispatch_8hpp.html", "dispatch_8hpp" ],
    [ "extension.hpp", "extension_8hpp.html", "extension_8hpp" ],
    [ "presence.hpp", "presence_8hpp.html", null ]
];