"""The screens: what a person sees and presses, on top of the services."""
