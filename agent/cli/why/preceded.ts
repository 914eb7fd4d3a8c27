import type { EvidenceLine } from '../../model/events/incident.ts';
import { printable } from '../../model/text/printable.ts';
import type { IncidentReport } from '../../protocol/agent.ts';
import type { Terminal } from '../frame/terminal.ts';
import { clock, exactClock } from '../view/time.ts';
import { pad } from '../view/width.ts';
import { hanging } from './hanging.ts';
import type { Layout } from './layout.ts';
import { titled } from './titled.ts';

const sourceColumns = 8;

type Report = Pick<IncidentReport, 'incident'> & Partial<Pick<IncidentReport, 'preceded'>>;

/** What was measured, and what others did. An agent of an older release tells of neither. */
const partsOf = ({ incident, preceded = [] }: Report): [string[], EvidenceLine[]] => [
  preceded,
  incident.verdict?.preceded ?? [],
];

/** The minute before in a line or two: the measures that mattered, then what others did, the last of it first. */
export const precededLines = (
  report: Report,
  width: number,
  layout: Layout,
  terminal: Terminal,
): string[] => {
  const [measured, done] = partsOf(report);
  const texts = [...measured, ...done.toReversed().map(({ at, text }) => `${clock(at)} ${text}`)];
  if (texts.length === 0 || layout.preceded === 0) return [];
  return hanging('Just before: ', texts.join('; '), width, terminal, layout.preceded);
};

/** The same in full, one thing below the other. */
export const allPrecededLines = (report: Report, width: number, terminal: Terminal): string[] => {
  const [measured, done] = partsOf(report);
  const all = Number.POSITIVE_INFINITY;
  const lines = [
    ...measured.flatMap((text) => hanging('  - ', text, width, terminal, all)),
    ...done.flatMap(({ at, source, text }) => {
      const label = `  ${exactClock(at)}  ${pad(printable(source), sourceColumns)}  `;
      return hanging(label, text, width, terminal, all);
    }),
  ];
  return titled('In the minute before', lines, terminal);
};
