"""PostgreSQL, Apache Kafka and Temporal themselves, on a machine with Python and nothing else."""
