import { readFileSync } from 'node:fs';
import type { EventOf } from '../../../agent/model/event.ts';

/** An event of some length about one session. */
export const renamed = (seq: number, session: string, to = 'x'): EventOf<'session.renamed'> => ({
  seq,
  v: 1,
  at: Date.UTC(2026, 0, 2, 3, 4, 5),
  type: 'session.renamed',
  trace: '0af7651916cd43dd8448eb211c80319c',
  data: { life: 'boot:1:2:$3', session, from: session, to },
});

/** Every line of the files, in order, parsed; throws on a line that is not whole. */
export const readLog = (...paths: string[]): Record<string, unknown>[] =>
  paths.flatMap((path) => {
    const text = readFileSync(path, 'utf8');
    if (text !== '' && !text.endsWith('\n')) throw new Error(`${path} ends in a torn line`);
    return text
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line));
  });

export const sequence = (first: number, last: number): number[] =>
  Array.from({ length: last - first + 1 }, (_, index) => first + index);
