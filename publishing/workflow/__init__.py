"""The verbs: the only writers of state. Each is one transaction with its audit entry inside."""
