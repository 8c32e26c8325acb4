"""Programs in a terminal that are only there to be measured."""
