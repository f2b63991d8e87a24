"""The portal's edge: one page for each address, the same for every reader."""
