"""Tests of the services, one folder for each."""
