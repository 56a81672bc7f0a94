"""Where the history may lie: on a disk of this very computer, for locks and syncs of a share cannot be relied on."""

from __future__ import annotations

import ctypes
import sys
from pathlib import Path

_NETWORK = frozenset(
    {
        *(
            "nfs",
            "nfs4",
            "cifs",
            "smb",
            "smb2",
            "smb3",
            "smbfs",
            "ncpfs",
            "afs",
            "ceph",
            "glusterfs",
            "lustre",
            "davfs",
        ),
        *("fuse.davfs2", "fuse.sshfs", "fuse.rclone", "fuse.smbnetfs", "fuse.gvfsd-fuse", "fuse.s3fs"),
    }
)
_MOUNTS = Path("/proc/self/mounts")
_REMOTE_DRIVE = 4


def why_not(folder: Path, mounts: Path = _MOUNTS) -> str:
    """Return a Russian sentence why the history cannot be kept in a folder, «» when it can.

    ``mounts`` lists what is mounted where (Linux); a system without such a list is believed.
    """
    place = folder.absolute()
    if not (str(place).startswith(("\\\\", "//")) or _on_remote_drive(place) or _mounted(place, mounts) in _NETWORK):
        return ""
    return (
        f"Папка {folder} лежит на сетевом диске, а история сохранений должна лежать на диске этого компьютера. "
        "Перенесите папку школы на свой диск; сами книги могут остаться на общем: впишите их путь в sgo.toml."
    )


def _on_remote_drive(place: Path) -> bool:
    if sys.platform != "win32":
        return False
    kind: int = ctypes.windll.kernel32.GetDriveTypeW(place.anchor)
    return kind == _REMOTE_DRIVE


def _mounted(place: Path, mounts: Path) -> str:
    """Return the kind of file system a folder, or the nearest one above it that exists, lies on; «» if unknown."""
    try:
        lines = mounts.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return ""
    real = place.resolve()
    best, kind = 0, ""
    for line in lines:
        words = line.split(" ")
        if len(words) < 3:
            continue
        root = Path(words[1].replace("\\040", " "))
        if len(root.parts) >= best and real.is_relative_to(root):
            best, kind = len(root.parts), words[2]
    return kind
