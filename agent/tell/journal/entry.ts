import type { Event } from '../../model/event.ts';
import { cutBytes } from '../cut-bytes.ts';
import type { Redact } from '../plain-value.ts';
import { fitLine } from '../process-log/fit-line.ts';
import { accountOf } from './accounts.ts';
import type { Context } from './context.ts';
import { type Kind, kinds } from './kinds.ts';
import { kindOf } from './notable.ts';
import type { Subject } from './subject.ts';

export type Field = readonly [name: string, value: string];

/** In the order of their importance: what does not fit is left out from the end. */
export type Entry = readonly Field[];

/** `journalctl -o json` gives null for a field of more than 4096 bytes (JSON_THRESHOLD of logs-show.c). */
const maxMessageBytes = 4000;
const maxSentenceBytes = 1024;
const maxValueBytes = 512;
const maxSessions = 50;
const shownSessions = 10;

/** Control characters, and those that turn the order of what follows on a screen. */
const unprintable = /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** Redacts before it cuts: half a secret no longer looks like one. */
const clean = (text: string, redact: Redact, maxBytes: number): string => {
  try {
    return cutBytes(redact(text).toWellFormed().replace(unprintable, ' '), maxBytes);
  } catch {
    return '[not redactable]';
  }
};

const levels: Readonly<Record<Kind['priority'], string>> = { 3: 'error', 4: 'warn', 5: 'info' };

const isoTime = (at: number): string | null => {
  const time = new Date(at);
  return Number.isNaN(time.getTime()) ? null : time.toISOString();
};

/** `actorPid` is `HOLDFAST_ACTOR_PID`. */
const fieldOf = (key: string): string => `HOLDFAST_${key.replace(/[A-Z]/g, '_$&').toUpperCase()}`;

const cleanSubject = (subject: Subject, redact: Redact): Subject => {
  const { session, ...others } = subject;
  const entries = Object.entries(others).map(([key, value]) => [
    key,
    clean(value, redact, maxValueBytes),
  ]);
  const sessions = session?.slice(0, maxSessions).map((name) => clean(name, redact, maxValueBytes));
  return { ...(sessions ? { session: sessions } : {}), ...Object.fromEntries(entries) };
};

/** A line as those of the process log: `journalctl -o cat` prints both. */
const message = (event: Event, kind: Kind, subject: Subject, msg: string): string => {
  const { session, ...others } = subject;
  const [only] = session?.length === 1 ? session : [];
  const line = JSON.stringify({
    level: levels[kind.priority],
    time: isoTime(event.at),
    component: 'journal',
    event: event.type,
    seq: event.seq,
    trace: event.trace,
    ...(only === undefined ? {} : { session: only }),
    ...(session && session.length > 1 ? { sessions: session.slice(0, shownSessions) } : {}),
    ...others,
    msg,
  });
  return fitLine(line, maxMessageBytes);
};

/** An event as the journal gets it; null: it is not for the journal. Every text in it is redacted and bounded. */
export const entryOf = (event: Event, context: Context, redact: Redact): Entry | null => {
  const name = kindOf(event);
  if (name === null) return null;
  const kind: Kind = kinds[name];
  const account = accountOf(event.type);
  const { session = [], ...others } = cleanSubject(account.subject(event.data, context), redact);
  const msg = clean(account.sentence(event.data, context), redact, maxSentenceBytes);
  return [
    ['MESSAGE', message(event, kind, { session, ...others }, msg).trimEnd()],
    ['PRIORITY', String(kind.priority)],
    ['SYSLOG_IDENTIFIER', 'holdfast-agent'],
    ['MESSAGE_ID', kind.id],
    ['HOLDFAST_EVENT', event.type],
    ['HOLDFAST_SEQ', String(event.seq)],
    ['HOLDFAST_TRACE', event.trace],
    ['HOLDFAST_TIME', isoTime(event.at) ?? ''],
    ['HOLDFAST_TEXT', msg],
    ...Object.entries(others).map(([key, value]): Field => [fieldOf(key), value]),
    ...session.map((value): Field => ['HOLDFAST_SESSION', value]),
  ];
};
