"""What the screens and the API show: plain views made from the record, before any template."""
