"""An invented school of any size, the same for the same seed."""
