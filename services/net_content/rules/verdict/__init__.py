"""The verdict (检验结论) on one lot, rule by rule."""
