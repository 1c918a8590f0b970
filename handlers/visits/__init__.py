"""Home visits in the chat: planning, the road, reporting, reviewing."""
