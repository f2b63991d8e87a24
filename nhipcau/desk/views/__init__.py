"""The desk's own pages: the first one, and the registry's units."""
