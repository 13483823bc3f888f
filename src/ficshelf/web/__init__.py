"""The pages of a library: one file a page in `pages`, and what they share beside it."""
