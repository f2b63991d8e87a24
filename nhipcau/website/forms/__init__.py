"""What people type: who arranges the portal, and its readers."""
