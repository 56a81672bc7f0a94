"""Numbers: the reports of chapter X and the indicators they share."""
