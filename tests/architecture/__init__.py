"""What a reviewer would say again and again, said once, as tests whose messages teach."""
