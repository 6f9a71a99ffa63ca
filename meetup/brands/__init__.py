"""Brands, their trades and interests, and who stands how with them."""
