"""Lift retrofit (加装电梯): from a stairwell that asks to a lift that runs and is looked after."""
