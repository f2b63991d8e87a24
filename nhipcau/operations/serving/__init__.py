"""`nhipcau serve`: web and workers under one process. Knows no Django, so it starts at once."""
