return {who = function() return "painter" end}
