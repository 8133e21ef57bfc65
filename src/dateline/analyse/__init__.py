"""What the entries of a record, or the rows of any table of events, add up to: series, change, forecast, claims."""
