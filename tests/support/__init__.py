"""What tests stand on: servers, people with phones, and a world that ties them."""
