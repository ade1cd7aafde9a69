"""The staff's desk in their group: cards and topics, what goes to and fro, commands and figures."""
