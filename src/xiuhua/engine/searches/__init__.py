"""The compiled searches that reach, paths, links and siting share; nothing here checks what it is given."""
