"""Coming in and staying in (登录): the door's pages, what is checked there, and what somebody owes it."""
