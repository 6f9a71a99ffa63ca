"""What people say afterwards, and never who said it."""
