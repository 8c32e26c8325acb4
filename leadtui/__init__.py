"""leadtui: work leads all day in a terminal."""
