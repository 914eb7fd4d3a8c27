import { type PlainLimits, toPlain } from '../plain-value.ts';

/** Far below journald's LineMax= (48K), and what container runtimes keep in one piece (16 KiB). */
export const maxLineBytes = 16 * 1024;

/** From a trim to the bare minimum; the last always fits. */
const shrinking: readonly PlainLimits[] = [
  { text: 2048, entries: 50, depth: 5 },
  { text: 256, entries: 20, depth: 3 },
  { text: 48, entries: 8, depth: 0 },
];

const unchanged = (text: string): string => text;

const shrink = (record: Record<string, unknown>, limits: PlainLimits): string => {
  const { level, time, component, msg, ...fields } = record;
  const shorter = Object.entries(fields)
    .slice(0, limits.entries)
    .map(([key, value]) => [key.slice(0, limits.text), toPlain(value, unchanged, limits)]);
  const named = component === undefined ? {} : { component: toPlain(component, unchanged, limits) };
  return `${JSON.stringify({
    level,
    time,
    ...named,
    ...Object.fromEntries(shorter),
    truncated: true,
    msg: toPlain(msg, unchanged, limits),
  })}\n`;
};

/** A log line of at most `maxBytes` that still parses; `truncated` says that something is missing. */
export const fitLine = (line: string, maxBytes: number): string => {
  if (Buffer.byteLength(line) <= maxBytes) return line;
  const record = JSON.parse(line) as Record<string, unknown>;
  const candidates = shrinking.values().map((limits) => shrink(record, limits));
  return candidates.find((candidate) => Buffer.byteLength(candidate) <= maxBytes) ?? '';
};
