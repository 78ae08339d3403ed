"""Small pictures: a screenshot with at most 256 colours, written as an indexed PNG.

The browser decodes the picture and counts its colours; pages are made of few, so the commonest
ones, and for the rest the nearest of those, look the same at a third of the size.
"""

import base64
import struct
import zlib
from typing import Any

from playwright.sync_api import Page

_READ = """async (png) => {
    const answer = await fetch(`data:image/png;base64,${png}`);
    const image = await createImageBitmap(await answer.blob());
    const canvas = new OffscreenCanvas(image.width, image.height);
    const pen = canvas.getContext("2d");
    pen.drawImage(image, 0, 0);
    const { data } = pen.getImageData(0, 0, image.width, image.height);
    const pixels = new Uint32Array(image.width * image.height);
    const counts = new Map();
    for (let at = 0; at < pixels.length; at += 1) {
        const colour = (data[4 * at] << 16) | (data[4 * at + 1] << 8) | data[4 * at + 2];
        pixels[at] = colour;
        counts.set(colour, (counts.get(colour) ?? 0) + 1);
    }
    const parts = (colour) => [colour >> 16, (colour >> 8) & 255, colour & 255];
    const far = (one, other) => parts(one).reduce(
        (sum, part, channel) => sum + (part - parts(other)[channel]) ** 2, 0);
    const sorted = [...counts].sort((one, other) => other[1] - one[1]).map(([colour]) => colour);
    const palette = [];
    for (const near of [60, 0]) {
        for (const colour of sorted) {
            if (palette.length === 256) break;
            if (palette.every((taken) => far(taken, colour) > near)) palette.push(colour);
        }
    }
    const nearest = new Map(sorted.map((colour) => [colour, palette.reduce((best, taken, index) =>
        far(taken, colour) < far(palette[best], colour) ? index : best, 0)]));
    let indexes = "";
    for (const colour of pixels) indexes += String.fromCharCode(nearest.get(colour));
    return { width: image.width, height: image.height, palette, indexes: btoa(indexes) };
}"""


def shrunk(png: bytes, page: Page) -> bytes:
    """Return the picture with a palette. ``page`` does the reading."""
    read: dict[str, Any] = page.evaluate(_READ, base64.b64encode(png).decode())
    width, height = read["width"], read["height"]
    indexes = base64.b64decode(read["indexes"])
    rows = b"".join(
        b"\0" + indexes[start : start + width] for start in range(0, width * height, width)
    )
    palette = b"".join(colour.to_bytes(3, "big") for colour in read["palette"])
    parts = [
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)),
        (b"PLTE", palette),
        (b"IDAT", zlib.compress(rows, 9)),
        (b"IEND", b""),
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in parts
    )
