"""Where the pieces are put together: settings, addresses, the server and its commands."""

import os
import tempfile
from pathlib import Path

# Containers and services have no session folder; the embedded database keeps its lock in one.
if "XDG_RUNTIME_DIR" not in os.environ:
    folder = Path(tempfile.gettempdir()) / f"danvan-{os.getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    os.environ["XDG_RUNTIME_DIR"] = str(folder)
