import * as v from 'valibot';
import { cutToJson } from '../../model/json-size.ts';
import type { Hello, LinkNotifications } from '../../protocol/link.ts';

/** Ends that a server can have recorded since the last listing. */
const maxExits = 500;

/** Servers of his own that an owner can have. */
const maxSockets = 100;

/** Ten times as many as is measured (bench), and what one message may keep the agent busy with. */
const maxSessions = 1000;
const maxPanes = 4000;

/** Room for the longest name a configuration may declare: 200 characters of four bytes each. */
const maxNameBytes = 1000;

/**
 * What a link may say. It runs as the owner of the sessions, so all of it is hostile input: sizes are
 * bounded, ids have tmux's shape, and what does not fit is refused whole.
 */
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const text = (max: number) => v.pipe(v.string(), v.maxLength(max));
/** Names are cut, not refused: on a server of his own the owner may call a session what he likes. */
const name = v.pipe(
  v.string(),
  v.transform((given) => cutToJson(given, maxNameBytes)),
);
/** As configured, or made from a socket's name; it is looked up in records, and none may be every object's. */
const server = v.pipe(
  v.string(),
  v.regex(/^[a-z0-9-]{1,40}$/),
  v.check((given) => !(given in Object.prototype)),
);
const tmuxId = v.pipe(v.string(), v.regex(/^\$\d{1,10}$/));
const paneId = v.pipe(v.string(), v.regex(/^%\d{1,10}$/));
const instance = v.object({ pid: v.pipe(count, v.minValue(1)), startTime: count });
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

const listing = v.object({
  server,
  instance,
  socket: text(200),
  version: text(40),
  at: v.number(),
  sessions: v.pipe(v.array(session), v.maxLength(maxSessions)),
  panes: v.pipe(v.array(pane), v.maxLength(maxPanes)),
  exits,
});

const brief = v.object({
  server,
  instance,
  at: v.number(),
  rows: v.pipe(v.array(v.tuple([tmuxId, paneId, count])), v.maxLength(maxPanes)),
  exits,
});

const gone = v.object({
  server,
  instance,
  how: v.picklist(['exited', 'killed', 'unknown']),
  text: text(400),
  at: v.number(),
});

const unreachable = v.object({
  server,
  instance: v.nullable(instance),
  why: v.picklist(['absent', 'socket-lost', 'hung', 'unclear']),
  processState: text(4),
  socket: text(200),
  at: v.number(),
});

const troubled = { server, what: v.picklist(['settings', 'look', 'listing', 'limits', 'hold']) };
const trouble = v.object({ ...troubled, message: text(400) });

const screen = v.object({ pane: paneId, text: text(64 * 1024), takenAt: v.number() });
const screens = v.object({ server, screens: v.pipe(v.array(screen), v.maxLength(1000)) });

const socket = v.object({ name: text(200), path: text(200) });
const sockets = v.object({
  sockets: v.pipe(
    v.array(socket),
    v.transform((given) => given.slice(0, maxSockets)),
  ),
});

const schemas = {
  'server.listing': listing,
  'server.brief': brief,
  'server.gone': gone,
  'server.unreachable': unreachable,
  'link.trouble': trouble,
  'link.trouble_over': v.object(troubled),
  heartbeat: v.object({}),
  'sockets.found': sockets,
  screens,
} satisfies { [K in keyof LinkNotifications]: v.GenericSchema<unknown, LinkNotifications[K]> };

const helloSchema = v.object({
  protocol: v.literal(1),
  version: text(40),
  // As Debian allows a user to be named (adduser.conf(5), NAME_REGEX), and a little more.
  owner: v.pipe(v.string(), v.regex(/^[\w.-][\w.@ -]{0,63}$/)),
  uid: count,
  pid: count,
  tmux: text(40),
}) satisfies v.GenericSchema<unknown, Hello>;

/** @throws v.ValiError saying what is wrong and where */
export const readNotification = <K extends keyof LinkNotifications>(
  method: K,
  params: unknown,
): LinkNotifications[K] => v.parse(schemas[method] as never, params) as LinkNotifications[K];

export const readHello = (params: unknown): Hello => v.parse(helloSchema, params);
