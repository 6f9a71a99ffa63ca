"""The demo: one brand, its people, and a session in each phase. Refuses a database that holds real people."""
