"""What pages of the portal are made of. Each module tells its price in queries."""
