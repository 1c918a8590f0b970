"""Home visits: planning, reporting, reviewing, summing up."""
