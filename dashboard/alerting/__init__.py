"""Parts of *Cảnh báo*: subscriptions, what they would have sent, what became of messages."""
