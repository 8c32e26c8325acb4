"""Settings (F2): where supervisors define what the desk asks, and who works at it."""
