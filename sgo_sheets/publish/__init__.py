"""Targets the site is published to."""
