import type { IncidentReport } from '../../protocol/agent.ts';
import type { Terminal } from '../frame/terminal.ts';
import { deathLines, otherDeathLines } from './death.ts';
import { deedLines } from './deeds.ts';
import { deathsIn } from './focus.ts';
import { type Layout, layouts } from './layout.ts';
import { patternLines } from './pattern.ts';
import { precededLines } from './preceded.ts';
import { screenLines } from './screen.ts';
import { topLines } from './top.ts';
import { verdictLines } from './verdict.ts';

export interface WhySubject {
  report: IncidentReport;
  /** The session to show in full; null: whichever died first. */
  session: string | null;
  /** Whole screens by blob. */
  screens: ReadonlyMap<string, string>;
}

/** No page is wider, however wide the terminal: long lines are hard to read. */
export const widestPage = 100;
const mostScreenLines = 10;
const leastScreenLines = 3;
/** The frame of the box. */
const boxLines = 2;

/** The page with the parts a layout has, each as large as it says. One line stays free for the shell's next prompt. */
const laidOut = (
  { report, session, screens }: WhySubject,
  now: number,
  layout: Layout,
  terminal: Terminal,
): string[] => {
  const width = Math.min(terminal.columns, widestPage);
  const { shown, others } = deathsIn(report, session);
  const above = [
    ...topLines(report, { shown, others }, now, width, terminal),
    ...patternLines(report, width, layout, terminal),
    ...verdictLines(report.incident.verdict, width, layout, terminal),
    ...precededLines(report, width, layout, terminal),
  ];
  const below = [
    ...otherDeathLines(others, report.incident.lives.length - 1, layout.others, terminal),
    ...deedLines(report, width, layout, terminal),
  ];
  if (!shown) return [...above, ...below];
  const room = terminal.rows - 1 - above.length - below.length;
  const forScreen = layout.screen ? boxLines + leastScreenLines : 0;
  const about = deathLines(shown, width, room - forScreen, layout.lines, terminal);
  const left = room - about.length - boxLines;
  const most = Math.max(leastScreenLines, Math.min(mostScreenLines, left));
  const screen = layout.screen ? screenLines(shown, screens, most, width, terminal) : [];
  return [...above, ...about, ...screen, ...below];
};

/**
 * For a person half awake: what died and why, on one screen where the terminal is no smaller than 80 by 24.
 * `now` is ms since the epoch.
 */
export const whyPage = (subject: WhySubject, now: number, terminal: Terminal): string[] => {
  const [generous, ...tighter] = layouts;
  let page = laidOut(subject, now, generous, terminal);
  for (const layout of tighter) {
    if (page.length < terminal.rows) break;
    page = laidOut(subject, now, layout, terminal);
  }
  return page;
};
