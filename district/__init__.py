"""The web's door: pages for the district and for everybody who is sent a link."""
