"""What people and the assistant do with documents: async functions in an open session that never commit."""
