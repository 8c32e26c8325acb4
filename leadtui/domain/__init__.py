"""The rules of a lead desk: pure values and functions, without SQL, screens, clocks or chance."""
