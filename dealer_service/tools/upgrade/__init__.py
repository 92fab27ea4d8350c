"""What an upgrade does with what a shop has made of the addons."""
