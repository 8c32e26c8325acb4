"""The only place with SQL: everything that is kept, returned as domain objects."""
