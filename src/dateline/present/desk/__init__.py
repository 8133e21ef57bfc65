"""The desk: the record as pages in a browser and as an API, served from one process, nothing loaded from elsewhere."""
