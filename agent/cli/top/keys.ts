import { type Order, sortKeys } from './order.ts';

/** What a key asks for. */
export type Wish =
  | { kind: 'quit' }
  | { kind: 'sort'; by: Order['by'] }
  /** Lines, or whole pages, further down; negative: up. */
  | { kind: 'scroll'; lines: number }
  | { kind: 'page'; pages: number }
  | { kind: 'edge'; to: 'top' | 'bottom' };

/** As terminals send them: xterm's ctlseqs, in both modes of the cursor keys. */
const special: Readonly<Record<string, Wish>> = {
  '\x1b[A': { kind: 'scroll', lines: -1 },
  '\x1bOA': { kind: 'scroll', lines: -1 },
  '\x1b[B': { kind: 'scroll', lines: 1 },
  '\x1bOB': { kind: 'scroll', lines: 1 },
  '\x1b[5~': { kind: 'page', pages: -1 },
  '\x1b[6~': { kind: 'page', pages: 1 },
  '\x1b[H': { kind: 'edge', to: 'top' },
  '\x1b[F': { kind: 'edge', to: 'bottom' },
  ' ': { kind: 'page', pages: 1 },
  // In raw mode Ctrl-C is a key.
  '\x03': { kind: 'quit' },
  q: { kind: 'quit' },
  Q: { kind: 'quit' },
};

const wishOf = (key: string): Wish | null => {
  if (Object.hasOwn(special, key)) return special[key] ?? null;
  const by = sortKeys.find((name) => name[0] === key.toLowerCase());
  return by ? { kind: 'sort', by } : null;
};

/** A key is one character, or an escape sequence (ECMA-48: CSI, and SS3 with what follows it). */
const key = /\x1b\[[0-?]*[ -/]*[@-~]|\x1bO.|[\s\S]/gu;

/** What was typed; keys that mean nothing are left out. */
export const wishesIn = (typed: string): Wish[] =>
  (typed.match(key) ?? []).map(wishOf).filter((wish) => wish !== null);
