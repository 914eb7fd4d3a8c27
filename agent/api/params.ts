import * as v from 'valibot';
import type { EventType } from '../model/event.ts';
import { RequestFailure } from '../model/failure.ts';
import type { AgentMethod } from '../protocol/agent.ts';
import { recordParams, remote, reportParams } from './notifier-params.ts';

const name = v.pipe(v.string(), v.minLength(1), v.maxLength(1000));
const seq = v.pipe(v.number(), v.integer(), v.minValue(0));
const types = v.optional(
  v.pipe(v.array(v.pipe(v.string(), v.maxLength(60))), v.maxLength(60)) as v.GenericSchema<
    EventType[]
  >,
);
const none = v.strictObject({});
const session = v.strictObject({ session: name });
const asked = { remote: v.optional(remote) };
const operated = v.strictObject({ session: name, ...asked });

const minute = 60_000;
const day = 1440 * minute;

const printable = /^[^\p{Cc}\p{Cs}\p{Cn}\p{Zl}\p{Zp}]*$/u;

/** Every parameter a caller may give; anything else is refused. */
const schemas: Record<AgentMethod, v.GenericSchema> = {
  version: none,
  status: none,
  'events.read': v.strictObject({
    after: v.optional(seq),
    since: v.optional(v.number()),
    session: v.optional(name),
    types,
    limit: v.optional(v.pipe(seq, v.maxValue(1000))),
  }),
  'events.subscribe': v.strictObject({
    after: seq,
    run: v.optional(seq),
    subscriber: v.optional(v.pipe(v.string(), v.regex(/^[a-z][a-z0-9-]{0,40}$/))),
    types,
  }),
  incidents: v.strictObject({ limit: v.optional(v.pipe(seq, v.minValue(1), v.maxValue(200))) }),
  incident: v.strictObject({ id: v.optional(name), session: v.optional(name) }),
  'screen.read': v.strictObject({ blob: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)) }),
  'screen.capture': session,
  'session.start': operated,
  'session.stop': operated,
  'session.restart': operated,
  'session.refresh': session,
  'session.send': v.strictObject({
    session: name,
    text: v.pipe(v.string(), v.maxLength(16_384)),
    enter: v.boolean(),
  }),
  'session.attach': session,
  'log.level': v.strictObject({ level: v.optional(name), session: v.optional(name) }),
  'config.reload': none,
  'alert.acknowledge': v.strictObject({ incident: v.optional(name), ...asked }),
  'alert.silence': v.strictObject({
    session: v.nullable(name),
    forMs: v.pipe(v.number(), v.integer(), v.minValue(minute), v.maxValue(30 * day)),
    reason: v.pipe(v.string(), v.maxLength(200), v.regex(printable, 'not printable')),
    ...asked,
  }),
  'alert.unsilence': v.strictObject({ silence: name, ...asked }),
  'bot.needs': v.strictObject({ session: v.optional(name) }),
  'alert.settings': none,
  'notifier.attach': none,
  'notifier.report': reportParams,
  'notifier.record': recordParams,
  'alerts.list': v.strictObject({ limit: v.pipe(seq, v.minValue(1), v.maxValue(200)) }),
  'alerts.test': v.strictObject({ channel: v.optional(v.pipe(name, v.maxLength(100))) }),
  'pairing.begin': none,
  'pairing.list': none,
  'pairing.remove': v.strictObject({ user: v.pipe(name, v.maxLength(100)) }),
};

export const agentMethods = Object.keys(schemas) as AgentMethod[];

/** @throws RequestFailure `invalid-params` */
export const readParams = (method: AgentMethod, params: unknown): unknown => {
  const result = v.safeParse(schemas[method], params ?? {});
  if (result.success) return result.output;
  const issue = result.issues[0];
  const where = v.getDotPath(issue) ?? 'params';
  throw new RequestFailure('invalid-params', `${method}: ${where}: ${issue.message}`.slice(0, 300));
};
