"""The writers: one file a format, Work → bytes."""
