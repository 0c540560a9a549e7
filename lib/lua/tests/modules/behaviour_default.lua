return {who = function() return "default" end}
