"""The demonstration: the sample article taken through the house by ordinary verbs, and the product at work."""
