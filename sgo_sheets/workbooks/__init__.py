"""Reading and writing workbooks: the guard on the bytes, the reader, the forms."""
