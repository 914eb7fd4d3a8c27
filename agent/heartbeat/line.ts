import { type Beat, maxBeatBytes } from '../protocol/heartbeat.ts';

const written = (beat: Beat): string =>
  `${JSON.stringify({ jsonrpc: '2.0', method: 'beat', params: beat })}\n`;

const withStack = (beat: Beat, length: number): Beat => {
  const last = beat.errors?.last;
  if (!beat.errors || !last) return beat;
  return {
    ...beat,
    errors: { ...beat.errors, last: { ...last, stack: last.stack.slice(0, length) } },
  };
};

const without = (beat: Beat, ...names: (keyof Beat)[]): Beat => {
  const rest = { ...beat };
  for (const name of names) delete rest[name];
  return rest;
};

/** What is given up where a line is too long, the least telling first. */
const cuts: readonly ((beat: Beat) => Beat)[] = [
  (beat) => beat,
  (beat) => withStack(beat, 1000),
  (beat) => withStack(beat, 300),
  (beat) => without(withStack(beat, 0), 'timings'),
  (beat) => without(withStack(beat, 0), 'timings', 'counters'),
  (beat) => without(beat, 'timings', 'counters', 'errors'),
  (beat) => without(beat, 'timings', 'counters', 'errors', 'needs', 'why'),
];

/** One line with its end, of at most `maxBeatBytes` with it. */
export const lineOf = (beat: Beat): string => {
  for (const cut of cuts) {
    const line = written(cut(beat));
    if (Buffer.byteLength(line) <= maxBeatBytes) return line;
  }
  return written({ at: beat.at, startedAt: beat.startedAt });
};
