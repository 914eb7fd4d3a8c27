import { headline } from '../../model/text/cause-text.ts';
import { printable } from '../../model/text/printable.ts';
import type { IncidentReport } from '../../protocol/agent.ts';
import type { Terminal } from '../frame/terminal.ts';
import { ago } from '../view/time.ts';
import { whoText } from '../view/who-text.ts';
import { classification } from './classification.ts';
import type { Deaths } from './focus.ts';
import { wrapWhole } from './hanging.ts';
import { whenDied } from './interval.ts';

/** What died, when, how that is classed, and who knows of it. */
export const topLines = (
  { incident }: IncidentReport,
  { shown, others }: Deaths,
  now: number,
  width: number,
  terminal: Terminal,
): string[] => {
  const when = whenDied(incident.openedAt, shown ? [shown, ...others] : [], now);
  const about = printable(`${when}; ${classification(incident)}`);
  const known = incident.acknowledged;
  const said = known ? `acknowledged by ${whoText(known.by)}, ${ago(known.at, now)}` : '';
  const lines = (text: string): string[] => wrapWhole(printable(text), width);
  return [
    ...lines(headline(incident)).map((line) => terminal.paint('bold', line)),
    ...lines(about).map((line) => terminal.paint('dim', line)),
    ...lines(said).map((line) => terminal.paint('green', line)),
  ];
};
