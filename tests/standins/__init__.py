"""Small servers that take an outside service's place in the demo and in tests. No app imports them."""
