"""What conformance/clients runs: one module per client, and what they share."""
