import * as v from 'valibot';
import type { AlertEvents } from '../model/events/alert.ts';
import type { Remote } from '../model/events/remote.ts';
import { severities } from '../model/severity.ts';
import {
  channelStatuses,
  deadmanStatuses,
  type NotifierStatus,
  pollingStatuses,
} from '../model/status/notifier-status.ts';
import type { notifierEvents } from '../protocol/notifier.ts';

/** What the notifier may say. It talks to the network: what it hands on is bounded like any other's word. */
const text = (max: number) => v.pipe(v.string(), v.maxLength(max));
const name = v.pipe(text(200), v.minLength(1));
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const time = v.pipe(v.number(), v.finite());
const severity = v.picklist(severities);

export const remote = v.strictObject({
  channel: v.literal('telegram'),
  user: v.pipe(text(64), v.minLength(1)),
  name: text(100),
}) satisfies v.GenericSchema<unknown, Remote>;

const about = { alert: name, kind: name, incident: v.nullable(name), channel: name };

const data = {
  'alert.sent': v.strictObject({
    ...about,
    severity,
    status: v.picklist(['firing', 'resolved']),
    attempts: count,
    afterMs: v.pipe(v.number(), v.minValue(0)),
  }),
  'alert.failed': v.strictObject({ ...about, code: text(100), message: text(400) }),
  'remote.paired': v.strictObject({ remote }),
  'remote.unpaired': v.strictObject({ remote }),
  'remote.refused': v.strictObject({ remote, what: text(100) }),
} satisfies {
  [T in (typeof notifierEvents)[number]]: v.GenericSchema<unknown, AlertEvents[T]>;
};

const eventOf = <T extends keyof typeof data>(type: T) =>
  v.strictObject({
    at: time,
    type: v.literal(type),
    trace: v.optional(v.pipe(v.string(), v.regex(/^[0-9a-f]{32}$/))),
    data: data[type],
  });

const event = v.variant('type', [
  eventOf('alert.sent'),
  eventOf('alert.failed'),
  eventOf('remote.paired'),
  eventOf('remote.unpaired'),
  eventOf('remote.refused'),
]);

/** More at once is no answer to one delivery. */
const maxEvents = 100;

export const recordParams = v.strictObject({
  events: v.pipe(v.array(event), v.maxLength(maxEvents)),
});

const channel = v.strictObject({
  channel: name,
  status: v.picklist(channelStatuses),
  code: text(100),
  queued: count,
  oldestAt: v.nullable(time),
  lastSentAt: v.nullable(time),
  sent: count,
  retried: count,
  failed: count,
});

const telegram = v.strictObject({
  bot: text(64),
  polling: v.picklist(pollingStatuses),
  lastUpdatesAt: v.nullable(time),
  paired: count,
  strangers: count,
});

const deadman = v.strictObject({
  status: v.picklist(deadmanStatuses),
  lastPingAt: v.nullable(time),
});

/** The names of reasons become labels of a metric. */
const reason = v.pipe(v.string(), v.regex(/^[a-z][a-z0-9-]{0,39}$/));

export const reportParams = v.strictObject({
  version: text(40),
  pid: count,
  startedAt: time,
  reportedAt: time,
  rssBytes: count,
  anonBytes: count,
  cursor: count,
  channels: v.pipe(v.array(channel), v.maxLength(100)),
  firing: v.strictObject(v.entriesFromList(severities, count)),
  suppressed: v.pipe(v.record(reason, count), v.maxEntries(50)),
  telegram: v.nullable(telegram),
  deadman: v.nullable(deadman),
}) satisfies v.GenericSchema<unknown, NotifierStatus>;
