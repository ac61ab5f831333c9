"""Accounts of those who work here (人员与权限), as their administrators keep them."""
