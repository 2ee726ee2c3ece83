"""The first part of an address: enough to recognise a place by, too little to find a desk."""

from ipaddress import ip_address, ip_network

PREFIX = {4: 24, 6: 48}


def network_prefix(address: str) -> str:
    """The network that an address lies in, "" where it is none."""
    try:
        return str(ip_network((address, PREFIX[ip_address(address).version]), strict=False))
    except ValueError:
        return ""
