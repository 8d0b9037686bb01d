"""Which names and addresses mean the machine itself, and so nothing to anybody else."""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address
from urllib.parse import urlsplit


def is_this_machine(host: str) -> bool:
    """Whether this name or address always means the machine itself: localhost, 127.0.0.0/8, ::1."""
    if host.lower() == "localhost":
        return True
    try:
        address = ip_address(host.removeprefix("[").removesuffix("]"))
    except ValueError:
        return False
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return (mapped or address).is_loopback


def leads_elsewhere(address: str) -> bool:
    """Whether a reader on another machine can follow this address, such as ``https://trips.example``."""
    host = urlsplit(address).hostname
    return bool(host) and not is_this_machine(host or "")
