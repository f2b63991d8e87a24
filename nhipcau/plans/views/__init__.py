"""The pages of the plans room, under /admin/plans/."""
