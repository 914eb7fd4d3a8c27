import { distinct } from '../distinct.ts';
import type { Labels } from '../family.ts';
import { labelValue } from '../label.ts';
import type { SessionLine } from '../state/document.ts';
import type { View } from '../view.ts';

/** Sessions that get series of their own; each has about ten. */
export const maxSessionSeries = 1000;

export interface Line {
  labels: Labels;
  session: SessionLine;
  /** ms since the epoch. */
  now: number;
}

export interface SessionLines {
  lines: Line[];
  /** Left out because there are more than `maxSessionSeries`. */
  overLimit: number;
  /** Left out because another session on the server has the same name. */
  duplicates: number;
}

/** A session that is declared is expected back, so its absence shows for as long as it lasts. */
const shown = (session: SessionLine, { now, graceMs }: View): boolean =>
  session.declared || session.endedAt === null || now - session.endedAt <= graceMs;

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Declared before not, alive before ended, newest life before older ones, and always the same order. */
const byImportance = (a: SessionLine, b: SessionLine): number =>
  Number(b.declared) - Number(a.declared) ||
  Number(b.status === 'up') - Number(a.status === 'up') ||
  (b.createdAt ?? 0) - (a.createdAt ?? 0) ||
  compareText(a.session, b.session);

const toLine = (session: SessionLine, now: number): Line => ({
  labels: { session: labelValue(session.session), server: labelValue(session.server) },
  session,
  now,
});

const nameOf = ({ labels }: Line): string => JSON.stringify(Object.values(labels));

const byName = (a: Line, b: Line): number =>
  compareText(a.session.server, b.session.server) ||
  compareText(a.session.session, b.session.session);

/** The sessions that get series: one per name and server, at most `maxSessionSeries`, sorted. */
export const sessionLines = (sessions: readonly SessionLine[], view: View): SessionLines => {
  const candidates = sessions
    .filter((session) => shown(session, view))
    .sort(byImportance)
    .map((session) => toLine(session, view.now));
  const named = distinct(candidates, nameOf);
  const lines = named.slice(0, maxSessionSeries).sort(byName);
  return {
    lines,
    overLimit: named.length - lines.length,
    duplicates: candidates.length - named.length,
  };
};
