"""The demonstration: a throw-away workspace that looks as if a team had worked in it for weeks."""
