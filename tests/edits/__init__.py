"""What people do to workbooks by accident, at random and in numbers."""
