"""What `make nlu-bench` runs: our pipeline beside Rasa's stock one, on public data."""
