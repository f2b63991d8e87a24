"""The web's edge of the works room."""
