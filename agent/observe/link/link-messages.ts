import * as v from 'valibot';
import type { Hello, LinkNotifications } from '../../protocol/link.ts';
import { brief, listing } from './listing-messages.ts';
import { count, instance, paneId, server, text } from './message-fields.ts';

/** Servers of his own that an owner can have. */
const maxSockets = 100;

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

const screen = v.object({
  pane: paneId,
  text: text(64 * 1024),
  shown: v.optional(count),
  takenAt: v.number(),
});
const screens = v.object({ server, screens: v.pipe(v.array(screen), v.maxLength(1000)) });

const socket = v.object({ name: text(200), path: text(200) });
const sockets = v.object({
  sockets: v.pipe(
    v.array(socket),
    v.transform((given) => given.slice(0, maxSockets)),
  ),
});

/**
 * What a link may say. It runs as the owner of the sessions, so all of it is hostile input: sizes are
 * bounded, ids have tmux's shape, and what does not fit is refused whole.
 */
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

export const notifications = Object.keys(schemas) as (keyof LinkNotifications)[];

/** @throws v.ValiError saying what is wrong and where */
export const readNotification = <K extends keyof LinkNotifications>(
  method: K,
  params: unknown,
): LinkNotifications[K] => v.parse(schemas[method] as never, params) as LinkNotifications[K];

export const readHello = (params: unknown): Hello => v.parse(helloSchema, params);
