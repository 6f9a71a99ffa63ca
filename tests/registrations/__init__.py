"""Seats, who gets them, and who is coming."""
