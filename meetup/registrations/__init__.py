"""A person's place in a session: a numbered seat at a table."""
