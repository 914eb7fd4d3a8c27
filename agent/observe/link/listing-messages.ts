import * as v from 'valibot';
import { count, instance, name, paneId, server, text, tmuxId } from './message-fields.ts';

/** Ends that a server can have recorded since the last listing. */
const maxExits = 500;

/** Ten times as many as is measured (bench), and what one message may keep the agent busy with. */
const maxSessions = 1000;
const maxPanes = 4000;

const maybeCount = v.nullable(count);

const exit = v.object({
  tmuxId,
  pane: paneId,
  pid: count,
  shell: v.boolean(),
  last: v.boolean(),
  declared: name,
  status: maybeCount,
  signal: maybeCount,
  at: count,
});
/** Any program in a pane may write into the server's record of exits: what is no exit must not hide the rest. */
const exits = v.pipe(
  v.array(v.unknown()),
  v.transform((given) =>
    given.slice(-maxExits).flatMap((one) => {
      const read = v.safeParse(exit, one);
      return read.success ? [read.output] : [];
    }),
  ),
);

const session = v.object({
  tmuxId,
  name,
  declared: name,
  createdAt: count,
  group: name,
  attached: count,
  options: v.exactOptional(
    v.object({
      destroyUnattached: v.picklist(['off', 'on', 'keep-last', 'keep-group']),
      exitUnattached: v.boolean(),
      exitEmpty: v.boolean(),
    }),
  ),
});

const pane = v.object({
  id: paneId,
  tmuxId,
  pid: count,
  startTime: count,
  activityAt: count,
  historyLines: count,
  shell: v.boolean(),
});

export const listing = v.object({
  server,
  instance,
  socket: text(200),
  version: text(40),
  at: v.number(),
  sessions: v.pipe(v.array(session), v.maxLength(maxSessions)),
  panes: v.pipe(v.array(pane), v.maxLength(maxPanes)),
  exits,
});

export const brief = v.object({
  server,
  instance,
  at: v.number(),
  rows: v.pipe(v.array(v.tuple([tmuxId, paneId, count])), v.maxLength(maxPanes)),
  exits,
});
