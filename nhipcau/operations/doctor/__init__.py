"""`nhipcau doctor`: what is missing or unsafe, and the command that mends it."""
