"""What a row of each sheet may say: one declaration gives the form, the reader, the validation and the docs."""
