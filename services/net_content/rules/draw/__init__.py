"""The random draw (双随机) of a campaign, and its record."""
