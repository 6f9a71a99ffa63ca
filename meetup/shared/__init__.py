"""What every feature leans on: clock, database, errors, access, mail. Knows no feature."""
