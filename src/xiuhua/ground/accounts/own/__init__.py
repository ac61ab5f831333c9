"""One's own account (我的账号): what somebody sees and changes of it."""
