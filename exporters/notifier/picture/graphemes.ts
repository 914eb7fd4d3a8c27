import type { ITerminalAddon } from '@xterm/headless';

/**
 * The addon that knows which characters are wide and which belong together. It reads its table from the start of the memory
 * that a Buffer lies in (0.4.0, unicode-trie.ts: `new DataView(data.buffer)`), so it has to be loaded while Node gives each
 * Buffer memory of its own: else it fails, or not, by what was read before.
 */
export const createGraphemes = async (): Promise<ITerminalAddon> => {
  const { poolSize } = Buffer;
  Buffer.poolSize = 0;
  try {
    const { UnicodeGraphemesAddon } = await import('@xterm/addon-unicode-graphemes');
    return new UnicodeGraphemesAddon();
  } finally {
    Buffer.poolSize = poolSize;
  }
};
