"""leadtui: work leads all day in a terminal."""

__version__ = "0.1.0"
