"""An IcePAP device as docs/protocol/icepap.md describes it, made without any code of PSLabNet.

It writes 'ready', then a line for each update that it gets, and ends when its input ends.
"""
import argparse
import os
import socket
import struct
import sys
import threading
import zlib

GROUP, PORT = "225.0.0.37", 12345
REQUEST_CONFIG, SEND_CONFIG, UPDATE_CONFIG, UPDATE_CONFIG_ACK = 0x0002, 0x0003, 0x000F, 0x0010
OK, ERR_SET_IP_BC_NM = 0x0000, 0x0145
DYNAMIC = 0x02  # bit 1 of the flags: apply now
HEADER = struct.Struct("<6sHHHH")  # sender, number of targets, packet number, command, length of the payload
# identity, IP address, broadcast address, netmask, gateway, MAC address, flags, hostname
SETTINGS = struct.Struct("<6s4s4s4s4s6sI24s")
MAC_LENGTH = 6
CRC_LENGTH = 4


def packet(source, target, number, command, payload):
    body = HEADER.pack(source, 1, number, command, len(payload)) + target + payload
    return body + struct.pack("<I", zlib.crc32(body))


def read(datagram, own):
    """The sender, packet number, command and payload of a packet to all or to this device; None for any other datagram."""
    if len(datagram) < HEADER.size + CRC_LENGTH or zlib.crc32(datagram[:-CRC_LENGTH]) != struct.unpack("<I", datagram[-CRC_LENGTH:])[0]:
        return None
    source, targets, number, command, length = HEADER.unpack_from(datagram)
    start = HEADER.size + MAC_LENGTH * targets
    if len(datagram) != start + length + CRC_LENGTH or source == own:
        return None
    if targets and own not in (datagram[at:at + MAC_LENGTH] for at in range(HEADER.size, start, MAC_LENGTH)):
        return None
    return source, number, command, datagram[start:-CRC_LENGTH]


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("mac")
    arguments.add_argument("hostname")
    arguments.add_argument("ip")
    arguments.add_argument("--on", required=True, help="address of the interface")
    arguments.add_argument("--update", default="take", choices=["take", "reject", "ignore", "mute", "pretend"],
                           help="take and acknowledge; reject; neither; take without acknowledging; acknowledge without taking")
    given = arguments.parse_args()
    own = bytes.fromhex(given.mac.replace(":", ""))
    ip = socket.inet_aton(given.ip)
    settings = SETTINGS.pack(own, ip, ip[:3] + b"\xff", b"\xff\xff\xff\x00", ip[:3] + b"\x01", own, 0, given.hostname.encode("ascii"))

    member = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    member.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    member.bind(("", PORT))
    local = socket.inet_aton(given.on)
    member.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, socket.inet_aton(GROUP) + local)
    member.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, local)
    threading.Thread(target=lambda: (sys.stdin.read(), os._exit(0)), daemon=True).start()
    print("ready", flush=True)
    while True:
        got = read(member.recv(65535), own)
        if got is None:
            continue
        source, number, command, payload = got
        if command == REQUEST_CONFIG:
            member.sendto(packet(own, source, 1, SEND_CONFIG, settings), (GROUP, PORT))
        elif command == UPDATE_CONFIG and len(payload) == SETTINGS.size:
            fields = list(SETTINGS.unpack(payload))
            print("update", socket.inet_ntoa(fields[1]), flush=True)
            if given.update in ("take", "mute") and fields[6] & DYNAMIC:
                fields[6] = 0
                settings = SETTINGS.pack(*fields)
            if given.update in ("take", "reject", "pretend"):
                code = ERR_SET_IP_BC_NM if given.update == "reject" else OK
                member.sendto(packet(own, source, 2, UPDATE_CONFIG_ACK, struct.pack("<HH", number, code)), (GROUP, PORT))


main()
