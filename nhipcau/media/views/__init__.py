"""The pages of the library, under /admin/media/, and the public address of released files."""
