"""What can be done where, by which keys: what runs by itself stands in `actions/commands.py`, the rest here by screen."""
