import * as v from 'valibot';
import { expecting, expectingKeys } from './message.ts';
import { durationPattern, parseDuration, parseSize, sizePattern } from './quantities.ts';
import { absolutePath } from './shapes.ts';

/** valibot takes a list for an object with the keys 0, 1, …; people do not. */
const aMapping = (expected: string) =>
  v.custom<Record<string, unknown>>(
    (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
    expecting(expected),
  );

/** A mapping with these keys and no other. */
export const mapping = <const Entries extends v.ObjectEntries>(
  entries: Entries,
  expected = 'a mapping',
) => v.pipe(aMapping(expected), v.strictObject(entries, expectingKeys(Object.keys(entries))));

type Key = v.GenericSchema<string, string>;

/** A mapping whose keys people choose; with nothing after its key it is empty, as in `sessions:`. */
export const namedEntries = <K extends Key, V extends v.GenericSchema>(
  key: K,
  value: V,
  expected: string,
) => v.nullish(v.pipe(aMapping(expected), v.record(key, value)), {});

/** Text of which one pattern says it all. */
export const textLike = (pattern: RegExp, expected: string) =>
  v.pipe(v.string(expecting(expected)), v.regex(pattern, expecting(expected)));

const addUnit = (example: string) => (input: unknown) =>
  typeof input === 'number' ? `add a unit, as in ${example}` : null;

type Parse = (text: string) => number | null;

/** True also for what does not parse: another check reports that. */
const within = (parse: Parse, from: string, to: string) => (text: string) => {
  const value = parse(text) ?? parse(from) ?? 0;
  return value >= (parse(from) ?? 0) && value <= (parse(to) ?? 0);
};

/** A quantity in `[from, to]`, still as the text that was written. */
const quantity = (what: string, parse: Parse, pattern: RegExp, from: string, to: string) => {
  const expected = `a ${what} from ${from} to ${to}`;
  return v.pipe(
    v.string(expecting(expected, addUnit(from))),
    v.regex(pattern, expecting(expected)),
    v.check(within(parse, from, to), expecting(expected)),
    v.title(expected),
  );
};

export const duration = (from: string, to: string) =>
  quantity('duration (ms, s, m, h or d)', parseDuration, durationPattern, from, to);

export const size = (from: string, to: string) =>
  quantity('size (B, kB, MB, GB, KiB, MiB, GiB, …)', parseSize, sizePattern, from, to);

export const wholeNumber = (from: number, to: number) => {
  const title = `a whole number from ${from} to ${to}`;
  const expected = expecting(title);
  return v.pipe(
    v.number(expected),
    v.integer(expected),
    v.minValue(from, expected),
    v.maxValue(to, expected),
    v.title(title),
  );
};

const bareTilde = (input: unknown) =>
  input === null ? 'nothing, null and a bare ~ are the same in YAML: write ~/' : null;

export const path = () => {
  const title = 'an absolute path, or one that starts with ~/';
  const expected = expecting(title, bareTilde);
  return v.pipe(v.string(expected), v.regex(absolutePath, expected), v.title(title));
};

export const oldBoolean = (input: unknown) =>
  typeof input === 'string' && /^(yes|no|on|off)$/i.test(input)
    ? 'YAML 1.2 knows true and false only'
    : null;

export const yesOrNo = () => v.boolean(expecting('true or false', oldBoolean));
