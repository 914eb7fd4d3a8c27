/** Three bytes. */
export type Rgb = number;

/**
 * The sixteen, chosen so that each can be read on the background, dark blue included, also after the compression
 * of a photograph.
 */
const basic: readonly Rgb[] = [
  ...[0x2b3038, 0xf0626d, 0x6cc66a, 0xe3b341, 0x5aa2f7, 0xc97fe6, 0x3fc1c9, 0xd5d9e0],
  ...[0x7d8794, 0xff8a8f, 0x8fe388, 0xffd866, 0x84bcff, 0xe2a6f7, 0x76e3ea, 0xffffff],
];

export const background: Rgb = 0x14171c;
export const foreground: Rgb = 0xe4e7ec;
/** Behind the title. */
export const titleBackground: Rgb = 0x2b3038;

/** The cube and the greys as xterm has them. */
const level = (step: number): number => (step === 0 ? 0 : 55 + 40 * step);

const cube = (index: number): Rgb =>
  (level(Math.floor(index / 36)) << 16) |
  (level(Math.floor(index / 6) % 6) << 8) |
  level(index % 6);

/** @param index 0..255 */
export const paletteColour = (index: number): Rgb =>
  basic[index] ?? (index < 232 ? cube(index - 16) : (8 + 10 * (index - 232)) * 0x010101);

/** Dim text: as little as that of the ink is left out, so that it can still be read on a phone in the sun. */
const dimmed = 0.4;

/** The ink on its way to the paper. */
export const dim = (ink: Rgb, paper: Rgb): Rgb =>
  [16, 8, 0].reduce((sum, shift) => {
    const [from, to] = [(ink >> shift) & 0xff, (paper >> shift) & 0xff];
    return sum | (Math.round(from + dimmed * (to - from)) << shift);
  }, 0);

export const hex = (colour: Rgb): string => `#${colour.toString(16).padStart(6, '0')}`;
