"""掌上加梯: what residents find about their stairwell's lift on their phones."""
