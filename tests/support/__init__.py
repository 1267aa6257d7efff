"""What tests of several folders share: real servers, builders of dull events."""
