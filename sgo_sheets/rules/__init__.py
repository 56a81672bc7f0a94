"""The regulation as rules: a module per chapter, a registry and an engine."""
