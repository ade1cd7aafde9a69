"""What an operator can mend; each says what is wrong and how."""


class BackupImpossible(Exception):
    """No backup could be made; nothing was written."""


class RestoreImpossible(Exception):
    """An archive was not restored; nothing was changed."""
