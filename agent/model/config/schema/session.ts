import * as v from 'valibot';
import type { Importance, Restart } from '../config.ts';
import { mapping, namedEntries, oldBoolean, path } from '../fields.ts';
import { expecting } from '../message.ts';
import { environmentName, isCommand, isSessionName } from '../shapes.ts';
import { sessionHealth } from './health.ts';
import { limits } from './limits.ts';
import { sessionRecovery } from './recovery.ts';
import { sessionRefresh } from './refresh.ts';

export const sessionKey = v.pipe(
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

const asOneText = (input: unknown) =>
  Array.isArray(input) ? 'write it as one text: a shell runs it' : null;

const asList = (input: unknown) =>
  typeof input === 'string' ? `write it as a list: [${input}]` : null;

const restarts = ['always', 'on-failure', 'never'] as const satisfies readonly Restart[];

const restart = v.union(
  [v.picklist(restarts), v.boolean()],
  expecting('always, on-failure, never, true or false', oldBoolean),
);

const importances = ['high', 'normal', 'low'] as const satisfies readonly Importance[];

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
      v.optional(restart, 'on-failure'),
      v.description(
        'When it comes back: `on-failure`, after an end nobody meant, but not when its program exits with status 0; `always`, then too; `never`. `true` is `on-failure`, `false` is `never`. An end you asked Holdfast for is never undone.',
      ),
    ),
    resumeCommand: v.pipe(
      v.optional(
        v.pipe(
          v.string(expecting('a command', asOneText)),
          v.check(isCommand, expecting('a command')),
        ),
      ),
      v.description(
        'Run instead of `command` each time but the first: an AI CLI goes on with its conversation, and does not get its first prompt again. One that fails at once, with a status other than 0 within 10 s, had nothing to go on with: the next start runs `command`.',
      ),
      v.examples(['claude --continue']),
    ),
    after: v.pipe(
      v.optional(
        v.pipe(
          v.array(sessionKey, expecting('a list of session names', asList)),
          v.maxLength(50, expecting('at most 50 sessions')),
        ),
      ),
      v.description(
        'Sessions that are up before it is started. It does not wait for one that was stopped or given up.',
      ),
      v.examples([['db']]),
    ),
    recovery: v.pipe(
      v.optional(sessionRecovery),
      v.description('Where it is brought back in another way than the others.'),
      v.examples([{ maxRestarts: 10, window: '1h' }]),
    ),
    importance: v.pipe(
      v.optional(v.picklist(importances, expecting(`one of ${importances.join(', ')}`)), 'normal'),
      v.description(
        'How much its death matters beside that of others: alerts are more or less serious for it.',
      ),
    ),
    limits: v.pipe(
      v.optional(limits),
      v.description(
        'What the session may use, all its processes together. They need a tmux server that systemd runs and a cgroup delegated to it; elsewhere they have no effect, and Holdfast says so.',
      ),
      v.examples([{ memoryMax: '2GiB', tasksMax: 512 }]),
    ),
    health: v.pipe(
      v.optional(sessionHealth),
      v.description(
        'How it is looked at beyond that it is there: docs/guides/health-monitoring.md. Only what is named here is checked.',
      ),
    ),
    refresh: v.pipe(
      v.optional(sessionRefresh),
      v.description(
        'How the login of its bot is renewed before it runs out: docs/guides/session-expiry.md. Without it nothing is.',
      ),
    ),
  },
  'a mapping, such as {command: …}',
);

export const sessions = v.pipe(
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
        restart: 'on-failure',
        importance: 'normal',
      },
    },
  ]),
);

export type SessionEntry = v.InferOutput<typeof session>;
