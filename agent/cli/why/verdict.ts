import type { Verdict } from '../../model/events/incident.ts';
import type { Terminal } from '../frame/terminal.ts';
import { printable } from '../printable.ts';
import { exactClock } from '../view/time.ts';
import { pad, truncate } from '../view/width.ts';
import { wrap } from '../view/wrap.ts';
import { titled } from './titled.ts';

const sourceColumns = 10;

const evidence = (verdict: Verdict, width: number, terminal: Terminal): string[] =>
  verdict.evidence.map(({ at, source, text }) => {
    const start = `  ${exactClock(at)}  ${pad(printable(source), sourceColumns)}  `;
    return terminal.paint('dim', start) + truncate(printable(text), width - start.length);
  });

const missing = (verdict: Verdict, width: number): string[] =>
  verdict.missing.flatMap((text) =>
    wrap(printable(text), width - 4).map((line, i) => `${i === 0 ? '  - ' : '    '}${line}`),
  );

/** The sentence, the evidence in order, and what was not seen. */
export const verdictLines = (
  verdict: Verdict | null,
  width: number,
  terminal: Terminal,
): string[] =>
  verdict === null
    ? []
    : [
        ...wrap(printable(verdict.summary), width),
        ...titled('Evidence', evidence(verdict, width, terminal), terminal),
        ...titled('Not seen', missing(verdict, width), terminal),
      ];
