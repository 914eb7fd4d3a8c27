import { duration } from '../../../../agent/model/duration.ts';
import type { DeathRecord } from '../../../../agent/model/events/death.ts';
import { isAtLeast } from '../../../../agent/model/severity.ts';
import { printable, printableLines } from '../../../../agent/model/text/printable.ts';
import { unitsServer } from '../../../../agent/model/unit-state.ts';
import type { AlertSettings } from '../../../../agent/protocol/notifier.ts';
import { texts } from '../../texts.ts';
import { type Alert, maxIncidents } from '../alert.ts';
import { type Book, entryOf, newest, ofIncident, put } from '../book.ts';
import { addDeed, resolve } from '../close.ts';
import { findingOf } from '../finding.ts';
import { anew, current, newAlert } from '../open.ts';
import { severityOfDeath } from '../severity.ts';
import type { Handlers } from './handler.ts';

/** As many as a book keeps of each. */
const maxSessions = 200;
const maxNames = 1000;

/** In what the rule about repetition counts, ms. */
const hourMs = 3_600_000;

const subjectOfDeaths = (server: string, sessions: readonly string[]): string =>
  `${server}/${sessions[0] ?? ''}+${sessions.length}`;

const joined = (known: readonly string[], more: readonly string[]): string[] =>
  [...new Set([...known, ...more])].slice(0, maxSessions);

/** What rises in seriousness is news. Of what comes again the last verdict's severity stands until there is a new one. */
export const judged = (book: Book, alert: Alert, at: number, settings: AlertSettings): Book => {
  const found = severityOfDeath(alert, book, settings);
  const isWorse = !isAtLeast(alert.severity, found);
  const severity = !isWorse && alert.count > 1 && !alert.finding ? alert.severity : found;
  return put(book, { ...alert, severity, updatedAt: at, loudAt: isWorse ? at : alert.loudAt });
};

const screenOf = ({ session, screens }: DeathRecord): Alert['screen'] => {
  const [fullest] = screens.toSorted((a, b) => b.lines - a.lines);
  const text = printableLines(fullest?.tail ?? '')
    .join('\n')
    .trimEnd();
  return text === '' ? null : { session: printable(session), text };
};

const withDeath = (book: Book, session: string, at: number): Book => {
  const recent = (entryOf(book.deaths, session) ?? []).filter(
    (death) => Math.abs(at - death) < hourMs,
  );
  const { [session]: _, ...others } = book.deaths;
  return {
    ...book,
    deaths: newest({ ...others, [session]: [...recent, at].slice(-20) }, maxNames),
  };
};

/** What ends a machine or a login ends sessions of several servers, and the alert names one. */
export const isDownOn = (alert: Alert, session: string, server: string): boolean =>
  alert.down.includes(session) && (entryOf(alert.homes, session) ?? alert.server) === server;

/** Those that are back leave the list; when all are, it is over. */
export const returned = (
  book: Book,
  session: string,
  /** Null: on whichever it was. */
  server: string | null,
  at: number,
  deed: (session: string, after: string) => string,
): Book => {
  const alert = Object.values(book.alerts).findLast(
    (one) =>
      !one.lapsed &&
      (server === null ? one.down.includes(session) : isDownOn(one, session, server)),
  );
  if (!alert) return book;
  const down = alert.down.filter((name) => name !== session);
  const text = deed(printable(session), duration(at - alert.firingAt));
  const deeds = addDeed(alert.deeds, at, text);
  if (down.length === 0) return resolve(book, { ...alert, down, deeds }, at);
  return put(book, { ...alert, down, deeds, updatedAt: at });
};

export const deathHandlers = {
  'incident.opened': (book, event) => {
    const { incident, server, sessions } = event.data;
    // Those of units have alerts of their own (./unit.ts).
    if (server === unitsServer) return book;
    const subject = subjectOfDeaths(server, sessions);
    // One session that dies again is one alert, which waits for the new verdict. What takes several is told each time:
    // a server that was killed and a machine that was restarted take the same ones.
    const known =
      sessions.length > 1 ? undefined : current(book, 'session-died', subject, event.at);
    const again = known && {
      ...anew(known, event),
      ...{ finding: null, recurrence: null, ageMs: null, screen: null },
    };
    const base = again ?? newAlert('session-died', subject, event, { server });
    return put(book, {
      ...base,
      incidents: [...base.incidents, incident].slice(-maxIncidents),
      sessions: joined(base.sessions, sessions),
      down: joined(base.down, sessions),
    });
  },

  'incident.grew': (book, { at, data }) => {
    const alert = ofIncident(book, data.incident);
    if (alert?.kind !== 'session-died') return book;
    const sessions = joined(alert.sessions, data.sessions);
    // What was one session the last time, and is several now, is news.
    const isMore = alert.count > 1 && sessions.length > alert.sessions.length;
    return put(book, {
      ...alert,
      updatedAt: at,
      loudAt: isMore ? at : alert.loudAt,
      sessions,
      down: joined(alert.down, data.sessions),
    });
  },

  'session.died': (book, { at, data }, settings) => {
    const counted = withDeath(book, data.session, at);
    const alert = ofIncident(counted, data.incident);
    if (!alert) return counted;
    const isFirst = alert.ageMs === null || alert.sessions.length === 1;
    const screen = screenOf(data) ?? (isFirst ? null : alert.screen);
    const about = isFirst ? { ageMs: data.ageMs, screen } : { screen: alert.screen ?? screen };
    const isAway = data.server !== alert.server;
    const homes = isAway ? { ...alert.homes, [data.session]: data.server } : alert.homes;
    return judged(counted, { ...alert, ...about, homes }, at, settings);
  },

  'verdict.reached': (book, { at, data }, settings) => {
    const alert = ofIncident(book, data.incident);
    if (alert?.kind !== 'session-died' || alert.incidents.at(-1) !== data.incident) return book;
    const recurrence = data.recurrence ?? null;
    if (data.confirms && alert.finding) {
      const isKnown = alert.recurrence?.text === recurrence?.text;
      return isKnown ? book : put(book, { ...alert, recurrence, updatedAt: at });
    }
    return judged(
      book,
      { ...alert, finding: findingOf(data), recurrence, holdUntil: null },
      at,
      settings,
    );
  },

  'supervision.started': (book, { at, data }) =>
    returned(book, data.session, data.server, at, texts.deeds.back),

  'session.undeclared': (book, { at, data }) =>
    returned(book, data.session, null, at, texts.deeds.undeclared),
} satisfies Handlers;
