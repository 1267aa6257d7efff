"""The law on net content, each rule against what is published of it."""
