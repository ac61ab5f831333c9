"""The second step (登录第二步): which factors stand, how they are set up and given up, what goes on record of it."""
