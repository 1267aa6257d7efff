"""Events that wait after failing, or were set aside: kept, tried again, settled by a person."""
