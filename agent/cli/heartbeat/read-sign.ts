import type { Heartbeat, Need, SessionTimes } from '../../heartbeat/contract.ts';
import { type ConnectionState, connectionStates } from '../../protocol/heartbeat.ts';

/** What one line says of a bot, to be told. Values are what was typed: the heartbeat bounds them. */
export type Sign = (beat: Heartbeat) => void;

const isState = (word: unknown): word is ConnectionState =>
  connectionStates.includes(word as ConnectionState);

const split = (text: string): [first: string, rest: string] => {
  const [, first = '', rest = ''] = /^(\S*)\s*(.*)$/su.exec(text) ?? [];
  return [first, rest];
};

/** A number of messages: one without any. Null: no number. */
const countIn = (text: string): number | null => {
  if (text === '') return 1;
  return /^\d{1,9}$/.test(text) ? Number(text) : null;
};

const readNeed = (rest: string): Sign | null => {
  const [kind, text] = split(rest);
  if (kind === 'nothing' && text === '') return (beat) => beat.needs(null);
  if ((kind !== 'qr' && kind !== 'code' && kind !== 'login') || text === '') return null;
  return (beat) => beat.needs({ kind, text });
};

const readTraffic =
  (way: 'received' | 'sent') =>
  (rest: string): Sign | null => {
    const count = countIn(rest);
    return count === null ? null : (beat) => beat[way](count);
  };

const readCounter = (rest: string): Sign | null => {
  const [name, text] = split(rest);
  const n = countIn(text);
  return name === '' || n === null ? null : (beat) => beat.count(name, n);
};

const readTiming = (rest: string): Sign | null => {
  const [name, text] = split(rest);
  return /^\d{1,9}(\.\d{1,6})?$/.test(text) ? (beat) => beat.time(name, Number(text)) : null;
};

const words: Readonly<Record<string, (rest: string) => Sign | null>> = {
  alive: (rest) => (rest === '' ? (beat) => beat.alive() : null),
  received: readTraffic('received'),
  sent: readTraffic('sent'),
  count: readCounter,
  time: readTiming,
  needs: readNeed,
  error: (rest) => (beat) => beat.error({ name: 'Error', message: rest }),
};

const readWords = (line: string): Sign | null => {
  const [word, rest] = split(line);
  if (isState(word)) return (beat) => beat.connection(word, rest === '' ? undefined : rest);
  return Object.hasOwn(words, word) ? (words[word]?.(rest) ?? null) : null;
};

/** Each entry of an object of numbers. */
const each = (given: unknown, say: (name: string, n: number) => void): void => {
  for (const [name, n] of Object.entries(Object(given))) say(name, n as number);
};

/** The keys of a line of JSON: the calls of a heartbeat, with what they take. */
const keys: Readonly<
  Record<string, (beat: Heartbeat, value: unknown, whole: { why?: unknown }) => void>
> = {
  connection: (beat, value, { why }) =>
    beat.connection(value as ConnectionState, why as string | undefined),
  why: () => {},
  received: (beat, value) => beat.received(value as number),
  sent: (beat, value) => beat.sent(value as number),
  session: (beat, value) => beat.session(value as SessionTimes),
  error: (beat, value) =>
    beat.error(typeof value === 'string' ? { name: 'Error', message: value } : value),
  count: (beat, value) => each(value, beat.count),
  time: (beat, value) => each(value, beat.time),
  needs: (beat, value) => beat.needs(value as Need | null),
};

const readJson = (line: string): Sign | null => {
  let whole: Record<string, unknown>;
  try {
    whole = JSON.parse(line) as Record<string, unknown>;
  } catch {
    return null;
  }
  if (Object.keys(whole).some((key) => !Object.hasOwn(keys, key))) return null;
  return (beat) => {
    for (const [key, value] of Object.entries(whole)) keys[key]?.(beat, value, whole);
    beat.alive();
  };
};

/** Reads `received 3`, `ready`, `error no such city` or `{"received": 3}`; an empty line is a sign of life. Null: none of these. */
export const readSign = (line: string): Sign | null => {
  const text = line.trim();
  if (text === '') return (beat) => beat.alive();
  return text.startsWith('{') ? readJson(text) : readWords(text);
};
