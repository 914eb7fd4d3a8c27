/** Encoding records we read: Unicode, platform 3 with all planes or with the first (OpenType, cmap). */
const [windows, allPlanes, firstPlane] = [3, 10, 1];

interface Group {
  first: number;
  last: number;
}

const tableAt = (font: DataView, tag: string): number | null => {
  for (let i = 0; i < font.getUint16(4); i++) {
    const entry = 12 + 16 * i;
    const name = String.fromCharCode(...[0, 1, 2, 3].map((n) => font.getUint8(entry + n)));
    if (name === tag) return font.getUint32(entry + 8);
  }
  return null;
};

const subtableAt = (font: DataView, cmap: number): number | null => {
  for (const encoding of [allPlanes, firstPlane]) {
    for (let i = 0; i < font.getUint16(cmap + 2); i++) {
      const entry = cmap + 4 + 8 * i;
      const found = font.getUint16(entry) === windows && font.getUint16(entry + 2) === encoding;
      if (found) return cmap + font.getUint32(entry + 4);
    }
  }
  return null;
};

const segments = (font: DataView, at: number): Group[] => {
  const bytes = font.getUint16(at + 6);
  return Array.from({ length: bytes / 2 }, (_, i) => ({
    last: font.getUint16(at + 14 + 2 * i),
    first: font.getUint16(at + 16 + bytes + 2 * i),
  })).filter(({ first }) => first !== 0xffff);
};

const groups = (font: DataView, at: number): Group[] =>
  Array.from({ length: font.getUint32(at + 12) }, (_, i) => ({
    first: font.getUint32(at + 16 + 12 * i),
    last: font.getUint32(at + 20 + 12 * i),
  }));

/** The code points a font of ours has a glyph for (formats 4 and 12 of its cmap). */
export const coverageOf = (bytes: Uint8Array): ReadonlySet<number> => {
  const font = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const cmap = tableAt(font, 'cmap');
  const at = cmap === null ? null : subtableAt(font, cmap);
  if (at === null) return new Set();
  const found = font.getUint16(at) === 12 ? groups(font, at) : segments(font, at);
  return new Set(
    found.flatMap(({ first, last }) =>
      Array.from({ length: last - first + 1 }, (_, i) => first + i),
    ),
  );
};
