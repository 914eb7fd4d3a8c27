import * as v from 'valibot';
import { duration, mapping, namedEntries, path, size, wholeNumber, yesOrNo } from './fields.ts';
import {
  adoptedSocket,
  environmentName,
  isCommand,
  isSessionName,
  ownerName,
  serverName,
} from './limits.ts';
import { expecting } from './message.ts';

/*
 * The files as people write them, with units still in them. A message completes "expected …". The JSON Schema
 * and docs/CONFIG.md are generated from the descriptions, defaults and examples here.
 */

const levels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const;

const level = v.picklist(levels, expecting(`one of ${levels.join(', ')}`));

const serverKey = v.pipe(
  v.string(),
  v.regex(serverName, expecting('a server name: 1 to 32 of a-z, 0-9 and -')),
);

const sessionKey = v.pipe(
  v.string(),
  v.check(isSessionName, expecting('a session name: 1 to 200 printable characters')),
);

const environmentKey = v.pipe(
  v.string(),
  v.regex(environmentName, expecting('a variable name: letters, digits and _, no digit first')),
);

const quoteIt = (input: unknown) =>
  typeof input === 'number' || typeof input === 'boolean'
    ? 'put the value in quotes, as in PORT: "8080"'
    : null;

const environmentValue = v.pipe(
  v.string(expecting('text', quoteIt)),
  v.check((text) => !text.includes('\0'), expecting('text without NUL')),
);

const server = mapping({
  adopt: v.pipe(
    v.optional(
      v.pipe(
        v.string(expecting('default, the name of a -L socket, or an absolute path')),
        v.regex(adoptedSocket, expecting('default, the name of a -L socket, or an absolute path')),
      ),
    ),
    v.description(
      'Watch a tmux server that runs already, changing nothing of it unasked but a socket that was lost: `default`, the name of a `-L` socket, or the path of a socket. Without this key the server is managed: Holdfast starts and owns it.',
    ),
    v.examples(['default', 'work', '/tmp/tmux-1000/work']),
  ),
  tmuxConfig: v.pipe(
    v.optional(path()),
    v.description('The tmux.conf of a managed server.'),
    v.examples(['/etc/holdfast/tmux.conf']),
  ),
  owner: v.pipe(
    v.optional(
      v.pipe(
        v.string(expecting('the name of a user')),
        v.regex(ownerName, expecting('the name of a user')),
      ),
    ),
    v.description(
      'The user whose server it is, where systemd runs Holdfast: each owner has a link, `holdfast-link@OWNER`, and one managed server, `holdfast-tmux@OWNER`. Without this key: the first owner whose link connects. `holdfast up` takes no notice of it.',
    ),
    v.examples(['deploy']),
  ),
});

const asOneText = (input: unknown) =>
  Array.isArray(input) ? 'write it as one text: a shell runs it' : null;

/** Below 1 MiB no shell starts. */
const memory = () => size('1MiB', '1TiB');

const limits = mapping({
  memoryMax: v.pipe(
    v.optional(memory()),
    v.description('A session that needs more than this is ended, all of it, and comes back.'),
    v.examples(['2GiB']),
  ),
  memoryHigh: v.pipe(
    v.optional(memory()),
    v.description(
      'Above this the kernel slows the session down and takes memory back from it. At most `memoryMax`.',
    ),
    v.examples(['1536MiB']),
  ),
  tasksMax: v.pipe(
    v.optional(wholeNumber(1, 4_194_304)),
    v.description('How many processes and threads the session may have.'),
    v.examples([512]),
  ),
  cpuWeight: v.pipe(
    v.optional(wholeNumber(1, 10_000)),
    v.description(
      'Its share of the processors where sessions compete for them; one without has 100.',
    ),
    v.examples([50]),
  ),
});

const session = mapping(
  {
    command: v.pipe(
      v.optional(
        v.pipe(
          v.string(expecting('a command; leave the key out for an interactive shell', asOneText)),
          v.check(isCommand, expecting('a command; leave the key out for an interactive shell')),
        ),
      ),
      v.description(
        'What the session runs, by the shell of the server. Without it: an interactive shell.',
      ),
      v.examples(['node bot.js']),
    ),
    cwd: v.pipe(
      v.optional(path()),
      v.description('The directory it starts in.'),
      v.examples(['/srv/bot', '~/bot']),
    ),
    env: v.pipe(
      namedEntries(environmentKey, environmentValue, 'a mapping of NAME: "value"'),
      v.description(
        'Environment variables, added to those of the server. Values are text: quote numbers.',
      ),
      v.examples([{ TZ: 'UTC', PORT: '8080' }]),
    ),
    server: v.pipe(
      v.optional(v.string(expecting('the name of a managed server')), 'main'),
      v.description('The managed server it runs on.'),
    ),
    restart: v.pipe(
      v.optional(yesOrNo(), true),
      v.description('Whether it comes back after an end nobody meant.'),
    ),
    limits: v.pipe(
      v.optional(limits),
      v.description(
        'What the session may use, all its processes together. They need a tmux server that systemd runs and a cgroup delegated to it; elsewhere they have no effect, and Holdfast says so.',
      ),
      v.examples([{ memoryMax: '2GiB', tasksMax: 512 }]),
    ),
  },
  'a mapping, such as {command: …}',
);

const sessions = v.pipe(
  namedEntries(sessionKey, v.nullish(session, {}), 'a mapping of NAME: {command: …}'),
  v.description(
    'The sessions Holdfast keeps alive, by name. tmux shows `.` and `:` in a name as `_`.',
  ),
  v.examples([
    {
      api: {
        command: 'node bot.js',
        cwd: '/srv/bot',
        env: { TZ: 'UTC' },
        server: 'main',
        restart: true,
      },
    },
  ]),
);

const adoption = expecting('auto, none, or a list of server names');

const log = mapping({
  level: v.pipe(
    v.optional(level, 'info'),
    v.description('The least serious level that is logged.'),
  ),
  sessions: v.pipe(
    namedEntries(sessionKey, level, 'a mapping of SESSION: level'),
    v.description('Levels of single sessions.'),
    v.examples([{ api: 'debug' }]),
  ),
});

const retention = mapping({
  maxAge: v.pipe(
    v.optional(duration('1h', '3650d'), '30d'),
    v.description('Events older than this are deleted.'),
  ),
  maxSize: v.pipe(
    v.optional(size('1MiB', '1TiB'), '256MiB'),
    v.description('The oldest events are deleted while the log is larger than this.'),
  ),
});

const recovery = mapping({
  maxRestarts: v.pipe(
    v.optional(wholeNumber(0, 100), 3),
    v.description(
      'How often a session or server comes back within `window`; then Holdfast stops and says so.',
    ),
  ),
  window: v.pipe(
    v.optional(duration('1s', '24h'), '60s'),
    v.description('The time in which restarts are counted.'),
  ),
});

const health = mapping({
  interval: v.pipe(
    v.optional(duration('1s', '1h'), '30s'),
    v.description('How often the agent writes a line about the health of servers and sessions.'),
  ),
});

/** holdfast.yaml. */
export const mainSchema = mapping({
  servers: v.pipe(
    namedEntries(serverKey, v.nullish(server, {}), 'a mapping of NAME: {}'),
    v.description(
      'tmux servers, by name. A managed server `main` is there by itself unless you declare a managed server or one called `main`.',
    ),
    v.examples([{ main: {}, default: { adopt: 'default' } }]),
  ),
  adopt: v.pipe(
    v.optional(v.union([v.picklist(['auto', 'none']), v.array(serverKey)], adoption), 'none'),
    v.description(
      'Running tmux servers to watch: `auto` finds the ones you have, `none`, or a list of `default` and names of `-L` sockets. A socket elsewhere, or one whose name is no server name, is declared under `servers`.',
    ),
    v.examples(['auto', ['default', 'work']]),
  ),
  sessions,
  log: v.pipe(v.nullish(log, {}), v.description('What is logged.')),
  retention: v.pipe(v.nullish(retention, {}), v.description('How long the log of events is kept.')),
  recovery: v.pipe(v.nullish(recovery, {}), v.description('When restarts stop.')),
  health: v.pipe(v.nullish(health, {}), v.description('Reports about health.')),
});

/** A file of sessions.d. */
export const sessionsSchema = mapping({ sessions });

export type MainFile = v.InferOutput<typeof mainSchema>;
export type SessionsFile = v.InferOutput<typeof sessionsSchema>;
export type ServerEntry = v.InferOutput<typeof server>;
export type SessionEntry = v.InferOutput<typeof session>;
