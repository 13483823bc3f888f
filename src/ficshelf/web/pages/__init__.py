"""One file a page: `show(request, …)` answers it."""
