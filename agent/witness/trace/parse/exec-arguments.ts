import { type Bytes, cutMark, decodeBytes } from './bytes.ts';

export interface ExecArguments {
  argv: string[];
  /** false: there are, or may be, more; of the last one a part may be missing. */
  complete: boolean;
}

/** The arguments a probe of ours copies: `a0` to `a11`. */
export const argumentSlots = 12;

const shape = /^\([^()\n]{1,256}\)(?: argc=(\d{1,10}))? a0=/;

/** What the kernel prints for a string it could not read: behind the last argument is none. */
const fault = '(fault)';

/** The end of the string before each slot, with the beginning of that slot. */
const borders = Array.from(
  { length: argumentSlots },
  (_, slot) => new RegExp(`" a${slot}=(?="|\\(fault\\)|$)`, 'g'),
);

interface Value {
  bytes: Bytes;
  /** false: no border came. */
  ended: boolean;
  /** Where the next slot begins. */
  next: number;
}

/** `from`: behind the opening quotation mark. */
const valueAt = (text: Bytes, slot: number, from: number): Value => {
  const border = borders[slot + 1];
  if (!border) {
    const ended = text.length > from && text.endsWith('"');
    return { bytes: text.slice(from, ended ? -1 : undefined), ended, next: text.length };
  }
  border.lastIndex = from;
  const found = border.exec(text);
  return found
    ? { bytes: text.slice(from, found.index), ended: true, next: border.lastIndex }
    : { bytes: text.slice(from), ended: false, next: text.length };
};

const readSlots = (text: Bytes, from: number, argc: number | null): ExecArguments => {
  const argv: string[] = [];
  const count = Math.min(argc ?? argumentSlots, argumentSlots);
  for (let at = from; argv.length < count; ) {
    if (text[at] !== '"') return { argv, complete: argc === null && text.startsWith(fault, at) };
    const { bytes, ended, next } = valueAt(text, argv.length, at + 1);
    argv.push(decodeBytes(bytes));
    if (!ended) return { argv, complete: false };
    at = next;
  }
  return { argv, complete: argv.length === argc };
};

/**
 * The text of one of our probes: `(PLACE) argc=2 a0="/bin/true" a1="-x" a2=(fault) …`; null: another text. Where
 * argc is known no slot beyond is read: the environment may be there, and it holds secrets. Where it is not,
 * the first slot that could not be read is taken for the end. An argument may itself hold what looks like
 * the next slot: it ends at the first such place, which is never behind the true one.
 */
export const parseExecArguments = (text: Bytes): ExecArguments | null => {
  const found = shape.exec(text);
  if (!found) return null;
  const kept = text.endsWith(cutMark) ? text.slice(0, -cutMark.length) : text;
  return readSlots(kept, found[0].length, found[1] === undefined ? null : Number(found[1]));
};

const lastSlot = ` a${argumentSlots - 1}=`;

/** Not where the last slot is an argument: more of it may come after the newline. */
export const isWholeExecArguments = (text: Bytes): boolean => {
  if (text.endsWith(lastSlot + fault)) return true;
  if (!text.endsWith('"') || !text.includes(lastSlot)) return false;
  const argc = shape.exec(text)?.[1];
  return argc !== undefined && Number(argc) < argumentSlots;
};
