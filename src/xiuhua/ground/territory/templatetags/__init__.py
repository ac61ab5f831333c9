"""What templates of the territory ask for by name: ``{% load territory %}``."""
