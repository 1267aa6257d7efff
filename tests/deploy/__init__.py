"""The ground the product stands on: embedded servers, topics, the supervisor, the compose file."""
