"""Use cases: one public call is one permission check and one transaction."""
