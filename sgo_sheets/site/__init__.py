"""The static site: pages for families, staff and the public."""
