import { type DayHours, overAt } from '../../../agent/model/hours.ts';
import { isInForce } from '../../../agent/model/in-force.ts';
import { isAtLeast, type Severity } from '../../../agent/model/severity.ts';
import type { Silence } from '../../../agent/model/silence.ts';
import type { Alert, AlertKind } from './alert.ts';
import { type Book, entryOf } from './book.ts';
import { kindRules } from './kind-rules.ts';

/** Why something is not told, or not yet: stable strings, counted (docs/ALERTS.md). */
export const suppressionReasons = [
  'held',
  'mended-in-time',
  'below-threshold',
  'silenced',
  'quiet-hours',
  'inhibited',
  'folded',
  'expired',
] as const;

export type SuppressionReason = (typeof suppressionReasons)[number];

/** Whether an alert that a channel was never told of is told there now. `until`: null: not while nothing changes. */
export type Route = 'tell' | { reason: SuppressionReason; until: number | null };

/** Whoever is at the other end of a channel. */
export interface Audience {
  audience: 'people' | 'programs';
  minSeverity: Severity;
}

/** A channel as far as it decides what is told there. */
export interface Listener extends Audience {
  name: string;
}

/** What the first is part of, while the others are open about the same server. */
const inhibitedBy: Partial<Record<AlertKind, readonly AlertKind[]>> = {
  'socket-lost': ['server-hung', 'server-died'],
  'recovery-stopped': ['server-hung'],
  'link-lost': ['agent-silent'],
};

/** Those whose end may let others be told. */
export const inhibitors: ReadonlySet<AlertKind> = new Set(Object.values(inhibitedBy).flat());

/** A clock that was set back holds nothing for longer than was meant. */
const heldUntil = ({ holdUntil, kind }: Alert, now: number): number | null =>
  holdUntil !== null && now < holdUntil && holdUntil - now <= kindRules[kind].holdMs
    ? holdUntil
    : null;

/** It was over before anybody was to be told. That a session died is told all the same. */
const isMendedInTime = ({ kind, status, firingAt, resolvedAt, holdUntil }: Alert): boolean =>
  kind !== 'session-died' &&
  status === 'resolved' &&
  holdUntil !== null &&
  resolvedAt !== null &&
  resolvedAt >= firingAt &&
  resolvedAt < holdUntil;

const isInhibited = (alert: Alert, book: Book): boolean =>
  Object.values(book.alerts).some(
    ({ kind, server, status }) =>
      status === 'firing' &&
      server === alert.server &&
      (inhibitedBy[alert.kind]?.includes(kind) ?? false),
  );

/** The last of the silences that cover all of it. */
const silencedUntil = (alert: Alert, book: Book, now: number): number | null => {
  const { sessions } = alert;
  const inForce = Object.values(book.silences).filter((silence) => isInForce(silence, now));
  const untilOf = (covers: (silence: Silence) => boolean): number =>
    Math.max(0, ...inForce.filter(covers).map(({ until }) => until));
  const everything = untilOf(({ session }) => session === null);
  // The names of sessions are their owners' choice: one of another server may be called the same.
  const homeOf = (name: string): string | null => entryOf(alert.homes, name) ?? alert.server;
  const each = sessions.map((name) =>
    untilOf(({ session, server }) => session === name && (server ?? homeOf(name)) === homeOf(name)),
  );
  const until = Math.max(everything, each.length > 0 ? Math.min(...each) : 0);
  return until > 0 ? until : null;
};

export const route = (
  alert: Alert,
  { audience, minSeverity }: Audience,
  book: Book,
  quietHours: DayHours | null,
  now: number,
): Route => {
  if (alert.kind === 'test') return 'tell';
  const isHidden = !isAtLeast(alert.severity, minSeverity);
  // Who silences everything first must not be able to let somebody in unseen.
  if (alert.kind === 'person-paired' && !isHidden) return 'tell';
  if (alert.untold !== null && alert.status === 'resolved') {
    return { reason: alert.untold, until: null };
  }
  if (isMendedInTime(alert)) return { reason: 'mended-in-time', until: null };
  const held = heldUntil(alert, now);
  if (held !== null) return { reason: 'held', until: held };
  if (isHidden) return { reason: 'below-threshold', until: null };
  if (isInhibited(alert, book)) return { reason: 'inhibited', until: null };
  const silenced = silencedUntil(alert, book, now);
  if (silenced !== null) return { reason: 'silenced', until: silenced };
  const quiet = audience === 'people' && alert.severity !== 'critical';
  const until = quiet && quietHours ? overAt(quietHours, now) : null;
  return until === null ? 'tell' : { reason: 'quiet-hours', until };
};
