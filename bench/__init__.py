"""Benchmarks: the stages of a build on a large invented school, and the reader beside its plain peer."""
