"""One check: may it be judged, what does its verdict rest on, and the frozen finding."""
