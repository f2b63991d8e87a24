"""What the desk does across rooms in one step."""
