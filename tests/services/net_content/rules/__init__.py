"""The rules of net content, with facts as arguments."""
