import type { Verdict } from '../../model/events/incident.ts';
import { printable } from '../../model/printable.ts';
import type { Terminal } from '../frame/terminal.ts';
import { exactClock } from '../view/time.ts';
import { pad } from '../view/width.ts';
import { wrap } from '../view/wrap.ts';
import { hanging } from './hanging.ts';
import { titled } from './titled.ts';

const sourceColumns = 8;
/** The first lines tell most; all of them are in `why --json`. */
const mostLines = 6;

const evidence = (verdict: Verdict, width: number, terminal: Terminal): string[] => {
  const left = verdict.evidence.length - mostLines;
  return [
    ...verdict.evidence.slice(0, mostLines).flatMap(({ at, source, text }) => {
      const label = `  ${exactClock(at)}  ${pad(printable(source), sourceColumns)}  `;
      return hanging(label, text, width, terminal);
    }),
    ...(left > 0 ? [terminal.paint('dim', `  and ${left} more: holdfast why --json`)] : []),
  ];
};

/** The sentence, the evidence in order, and what was not seen. */
export const verdictLines = (
  verdict: Verdict | null,
  width: number,
  terminal: Terminal,
): string[] => {
  if (verdict === null) return [];
  const missing = verdict.missing.flatMap((text) => hanging('  - ', text, width, terminal));
  return [
    ...wrap(printable(verdict.summary), width),
    ...titled('Evidence', evidence(verdict, width, terminal), terminal),
    ...titled('Not seen', missing, terminal),
  ];
};
