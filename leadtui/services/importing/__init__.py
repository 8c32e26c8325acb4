"""Bulk import: read a file, recognise its columns, map and clean its rows, write them."""
