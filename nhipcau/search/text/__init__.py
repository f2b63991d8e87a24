"""How text becomes terms, and how a typed query becomes a parsed one. Pure Python, no index."""
