"""What every HTTP API is made of: the application, problems, dependencies, shared routes."""
