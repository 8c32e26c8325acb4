"""What a hostile or broken machine does to the program: one file for each kind of fault, one table of commands."""
