"""The calendar objects that people get, and the verbs that change them."""
