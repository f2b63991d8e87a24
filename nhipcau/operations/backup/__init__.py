"""One file that holds the database and the files of one moment, and the way back from it."""
