"""Birds-of-a-feather sessions, their tables and phases."""
