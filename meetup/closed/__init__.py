"""Closed tables: customers alone."""
