import type { DeathRecord } from '../../model/events/death.ts';
import { plural } from '../../model/text/plural.ts';
import type { Terminal } from '../frame/terminal.ts';
import { deathLines } from './death.ts';
import { deedLines } from './deeds.ts';
import { deathsIn } from './focus.ts';
import { hanging } from './hanging.ts';
import { everything } from './layout.ts';
import { machineLines, usageLines } from './measures.ts';
import { type WhySubject, widestPage } from './page.ts';
import { patternLines } from './pattern.ts';
import { allPrecededLines } from './preceded.ts';
import { screenLines } from './screen.ts';
import { topLines } from './top.ts';
import { verdictLines } from './verdict.ts';

const all = Number.POSITIVE_INFINITY;

/** What the report itself has no room for is said, never left out in silence. */
const leftOutLines = (left: number, width: number, terminal: Terminal): string[] => {
  const text = `${plural(left, 'death')} more, in: holdfast events --type session.died`;
  return left > 0 ? hanging('  and ', text, width, terminal) : [];
};

/** `why --evidence`: all that is known of an incident, however long that is. `now` is ms since the epoch. */
export const fullPage = (subject: WhySubject, now: number, terminal: Terminal): string[] => {
  const { report, session, screens } = subject;
  const width = Math.min(terminal.columns, widestPage);
  const deaths = deathsIn(report, session);
  const records = [...(deaths.shown ? [deaths.shown] : []), ...deaths.others];
  const inFull = (death: DeathRecord): string[] => [
    ...deathLines(death, width, all, everything.lines, terminal),
    ...usageLines(death, terminal),
    ...screenLines(death, screens, all, width, terminal),
  ];
  return [
    ...topLines(report, deaths, now, width, terminal),
    ...patternLines(report, width, everything, terminal),
    ...verdictLines(report.incident.verdict, width, everything, terminal),
    ...allPrecededLines(report, width, terminal),
    ...machineLines(report, terminal),
    ...records.flatMap(inFull),
    ...leftOutLines(report.incident.lives.length - records.length, width, terminal),
    ...deedLines(report, width, everything, terminal),
  ];
};
