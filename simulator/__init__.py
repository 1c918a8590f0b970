"""A LINE platform on this computer: phones, webhooks and the Messaging API over HTTP."""
