"""Commands on services, one file per noun."""
