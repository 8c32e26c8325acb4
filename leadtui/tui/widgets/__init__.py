"""Widgets that know how to draw and nothing of where their data comes from."""
