import * as v from 'valibot';
import { healthStatuses } from '../../../agent/model/health.ts';
import type { StatusDocument } from '../../../agent/model/status/status.ts';
import { bot, heartbeats } from './bot.ts';
import { amount, number, tally } from './fields.ts';
import { notifier } from './notifier.ts';
import { refresh } from './refresh.ts';
import { unit } from './unit.ts';
import { witness } from './witness.ts';

const agent = v.object({
  version: v.string(),
  nodeVersion: v.string(),
  startedAt: number,
  embedded: v.boolean(),
  rssBytes: amount,
  anonBytes: amount,
  cpuSeconds: amount,
  config: v.nullable(v.object({ at: number })),
  log: v.object({
    status: v.picklist(['ok', 'degraded']),
    queued: amount,
    dropped: amount,
    storedSeq: amount,
    bytes: amount,
  }),
  refused: v.nullish(v.object({ at: number })),
  journal: v.optional(
    v.object({ status: v.picklist(['ok', 'degraded', 'off']), sent: amount, dropped: amount }),
  ),
});

const link = v.object({ owner: v.string(), connected: v.boolean() });

const serverStatuses = ['absent', 'alive', 'hung', 'socket-lost', 'dead', 'unknown'] as const;

const server = v.object({
  server: v.string(),
  managed: v.boolean(),
  status: v.picklist(serverStatuses),
  version: v.string(),
  sessions: amount,
  processes: amount,
  rssBytes: amount,
});

const sessionStatuses = ['up', 'stopped', 'dead', 'waiting'] as const;

const session = v.object({
  session: v.string(),
  server: v.string(),
  declared: v.boolean(),
  status: v.picklist(sessionStatuses),
  createdAt: v.nullable(number),
  panes: amount,
  rssBytes: amount,
  cpu: amount,
  measured: v.nullish(v.picklist(['exact', 'partial'])),
  memoryBytes: v.nullish(amount),
  anonBytes: v.nullish(amount),
  memoryMaxBytes: v.nullish(amount),
  tasks: v.nullish(amount),
  lastActivityAt: v.nullable(number),
  deaths: amount,
  restarts: v.optional(amount),
  breaker: v.optional(v.picklist(['closed', 'half-open', 'open'])),
  endedAt: v.nullable(number),
  bots: v.optional(v.array(bot)),
  health: v.nullish(v.object({ status: v.picklist(healthStatuses), since: number })),
  refresh: v.nullish(refresh),
});

const host = v.object({
  at: number,
  load: v.tuple([amount, amount, amount]),
  memoryTotalBytes: amount,
  memoryAvailableBytes: amount,
  cpuBusy: amount,
  pressure: v.nullable(v.object({ cpu: amount, memory: amount, io: amount })),
});

const ascending = (bounds: readonly number[]): boolean =>
  bounds.every((bound, i) => bound > (bounds[i - 1] ?? Number.NEGATIVE_INFINITY));

const total = (counts: readonly number[]): number => counts.reduce((sum, count) => sum + count, 0);

const histogram = v.pipe(
  v.object({ bounds: v.array(number), buckets: v.array(amount), sum: amount, count: amount }),
  v.check(({ bounds }) => ascending(bounds), 'its bounds do not ascend'),
  v.check(({ bounds, buckets }) => bounds.length === buckets.length, 'not one bucket per bound'),
  v.check(({ buckets, count }) => total(buckets) <= count, 'its buckets hold more than its count'),
);

const totals = v.object({
  events: amount,
  created: amount,
  died: amount,
  diedByCause: tally,
  unitsDiedByCause: v.optional(tally),
  verdicts: v.optional(tally),
  verdictsNamed: v.optional(amount),
  ended: tally,
  serversDied: tally,
  restarts: tally,
  decisions: tally,
  actions: tally,
  rejected: tally,
  redactions: amount,
  resyncs: amount,
  lifetime: histogram,
});

const whats = ['memory', 'disk', 'inodes', 'descriptors', 'ptys', 'processes'] as const;

const forecast = v.object({
  what: v.picklist(whats),
  session: v.nullable(v.string()),
  server: v.nullable(v.string()),
  path: v.nullable(v.string()),
  reachesAt: number,
});

/** What we read of `state.json`: the fields of StatusDocument that metrics are made of, checked. */
export const statusSchema = v.object({
  schema: v.literal(1),
  writtenAt: number,
  bootId: v.string(),
  agent,
  links: v.array(link),
  servers: v.array(server),
  sessions: v.array(session),
  incidents: v.array(v.object({ at: number })),
  host: v.nullable(host),
  totals,
  notifier: v.nullish(notifier),
  witness: v.nullish(witness),
  forecasts: v.optional(v.array(forecast)),
  heartbeats: v.optional(heartbeats),
  units: v.optional(v.array(unit)),
  silences: v.optional(v.array(v.object({ at: number, until: number }))),
});

export type Status = v.InferOutput<typeof statusSchema>;
export type ServerLine = Status['servers'][number];
export type UnitLine = NonNullable<Status['units']>[number];
export type SessionLine = Status['sessions'][number];

/** Statuses as the contract spells them; the types below break the build when they differ. */
export const statuses: {
  server: readonly StatusDocument['servers'][number]['status'][];
  session: readonly StatusDocument['sessions'][number]['status'][];
} = { server: serverStatuses, session: sessionStatuses };

/** Breaks the build when a document of the agent would not pass. */
export const acceptsTheContract = (document: StatusDocument): Status => document;
