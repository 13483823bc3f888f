"""The library: the Django app that keeps works, their sources and what people decided about them."""
