"""The words of both fronts: how what the services return reads to a person, on screen and by command."""
