"""Files of every format, sound and hostile, are read or refused in one sentence."""
