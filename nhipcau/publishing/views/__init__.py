"""The pages of clearance."""
