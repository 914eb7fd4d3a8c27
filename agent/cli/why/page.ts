import { headline } from '../../model/cause-text.ts';
import { deedsIn } from '../../model/deeds.ts';
import type { DeathRecord } from '../../model/events/death.ts';
import { printable } from '../../model/printable.ts';
import type { IncidentReport } from '../../protocol/agent.ts';
import type { Terminal } from '../frame/terminal.ts';
import { box } from '../view/box.ts';
import { whoText } from '../view/event-text.ts';
import { ago, exactClock } from '../view/time.ts';
import { wrap } from '../view/wrap.ts';
import { classification } from './classification.ts';
import { deathLines, otherDeathLines } from './death.ts';
import { type Deaths, deathsIn } from './focus.ts';
import { hanging } from './hanging.ts';
import { whenDied } from './interval.ts';
import { lastScreen } from './screen.ts';
import { titled } from './titled.ts';
import { verdictLines } from './verdict.ts';

export interface WhySubject {
  report: IncidentReport;
  /** The session to show in full; null: whichever died first. */
  session: string | null;
  /** Whole screens by blob. */
  screens: ReadonlyMap<string, string>;
}

/** No page is wider, however wide the terminal: long lines are hard to read. */
const widestPage = 100;
const mostScreenLines = 10;
const leastScreenLines = 3;
/** The frame of the box. */
const boxLines = 2;

const topLines = (
  { incident }: IncidentReport,
  { shown, others }: Deaths,
  now: number,
  width: number,
  terminal: Terminal,
): string[] => {
  const when = whenDied(incident.openedAt, shown ? [shown, ...others] : [], now);
  const about = wrap(printable(`${when}; ${classification(incident)}`), width);
  const known = incident.acknowledged;
  const said = known ? `acknowledged by ${whoText(known.by)}, ${ago(known.at, now)}` : '';
  return [
    ...wrap(printable(headline(incident)), width).map((line) => terminal.paint('bold', line)),
    ...about.map((line) => terminal.paint('dim', line)),
    ...wrap(printable(said), width).map((line) => terminal.paint('green', line)),
  ];
};

const deedLines = ({ events }: IncidentReport, width: number, terminal: Terminal): string[] => {
  const lines = deedsIn(events).flatMap(({ at, text }) =>
    hanging(`  ${exactClock(at)}  `, text, width, terminal),
  );
  const none = '  nothing: it is not declared, or not to be brought back';
  return titled('What Holdfast did', lines.length > 0 ? lines : [none], terminal);
};

const screenLines = (
  death: DeathRecord,
  { screens }: WhySubject,
  room: number,
  width: number,
  terminal: Terminal,
): string[] => {
  const screen = lastScreen(death, screens);
  if (!screen) return [];
  const count = Math.max(leastScreenLines, Math.min(mostScreenLines, room - boxLines));
  const lines = box(screen.title, screen.lines.slice(-count), width - 2, terminal);
  return lines.map((line) => `  ${line}`);
};

/** For a person half awake: what died and why, on one screen. `now` is ms since the epoch. */
export const whyPage = (subject: WhySubject, now: number, terminal: Terminal): string[] => {
  const { report, session } = subject;
  const width = Math.min(terminal.columns, widestPage);
  const deaths = deathsIn(report, session);
  const above = [
    ...topLines(report, deaths, now, width, terminal),
    ...verdictLines(report.incident.verdict, width, terminal),
  ];
  const below = [
    ...otherDeathLines(deaths.others, report.incident.lives.length - 1, terminal),
    ...deedLines(report, width, terminal),
  ];
  if (!deaths.shown) return [...above, ...below];
  // One line stays free for the shell's next prompt.
  const room = terminal.rows - 1 - above.length - below.length;
  const about = deathLines(deaths.shown, width, room - boxLines - leastScreenLines, terminal);
  const screen = screenLines(deaths.shown, subject, room - about.length, width, terminal);
  return [...above, ...about, ...screen, ...below];
};
