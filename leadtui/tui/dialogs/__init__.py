"""What opens over a screen, asks the person something and closes with the answer."""
