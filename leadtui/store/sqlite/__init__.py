"""SQLite's side of a store: all that is written for this engine alone."""
