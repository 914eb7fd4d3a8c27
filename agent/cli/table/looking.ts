import { command } from '../command.ts';

const session = { type: 'string', value: 'SESSION', completes: 'sessions and units' } as const;

/** The commands that only look. */
export const looking = [
  command({
    name: 'status',
    group: 'Look',
    summary: 'one screen: agent, sessions, units, incidents; or one by name',
    usage: '[SESSION|UNIT]',
    arity: [0, 1],
    examples: [
      'holdfast status',
      'holdfast status web',
      'holdfast status --json | jq .totals.died',
    ],
    options: {},
    completes: 'sessions and units',
    json: 'the status document (as in state.json, schema 1) and `source`: `agent` or `state.json`; of one session `source`, `writtenAt` and `sessions`, those of that name; of one unit also `units`, and `sessions` is empty',
    run: (context, { positionals: [session] }) =>
      import('../command/status.ts').then((module) => module.status(context, session ?? null)),
  }),
  command({
    name: 'top',
    group: 'Look',
    summary: 'sessions and units as they change: memory, processor, output',
    usage: '[--once] [--sort KEY]',
    arity: [0, 0],
    details:
      'Keys: m c a n r sort by memory, processor, age, name or restarts, once more turns the order round; arrows, Page Up and Page Down scroll; q or Ctrl-C quits. What needs a person comes first in every order. MEM is what counts towards LIMIT, where there is one. A unit of systemd has no OUTPUT, its SERVER is `systemd.system`, and of its RESTARTS, such as 3+1, the second number are those by Holdfast, for its health. Where the output is no terminal, one table is printed.',
    examples: ['holdfast top', 'holdfast top --sort cpu', 'holdfast top --once'],
    options: {
      once: { type: 'boolean', help: 'print one table and end' },
      sort: {
        type: 'string',
        value: 'KEY',
        help: 'memory (default), cpu, age, name or restarts',
      },
    },
    json: 'once: `source`, `writtenAt` (ms since the epoch), `host`, and `sessions` and `units`, each sorted: those of the status document',
    run: (context, { values }) =>
      import('../command/top.ts').then((module) => module.top(context, values)),
  }),
  command({
    name: 'sessions',
    group: 'Look',
    summary: 'all sessions, those that need a person first',
    usage: '[--names [--units]]',
    arity: [0, 0],
    examples: ['holdfast sessions', 'holdfast sessions --names'],
    options: {
      names: { type: 'boolean', help: 'only the names, one per line' },
      units: { type: 'boolean', help: 'with --names: those of the declared units as well' },
    },
    json: '`source`, `writtenAt` (ms since the epoch), `sessions`: those of the status document',
    run: (context, { values }) =>
      import('../command/sessions.ts').then((module) => module.sessions(context, values)),
  }),
  command({
    name: 'health',
    group: 'Look',
    summary: 'what health checks found, those that need a person first',
    usage: '[SESSION|UNIT]',
    arity: [0, 1],
    details:
      'What can be checked, and how often it has to agree: docs/guides/health-monitoring.md.',
    examples: ['holdfast health', 'holdfast health web', 'holdfast health --json | jq .sessions'],
    options: {},
    completes: 'sessions and units',
    json: '`source`, `writtenAt`, `sessions`: of each one with checks, and each unit with checks (`server` is `systemd.system`), `session`, `server`, `life`, and `health` of the status document: `status`, `since`, `check`, `reason`, `checks` (`check`, `level`, `reason`, `recent`, `last`); `needs`: bots that wait for somebody: `session`, `server`, `bot`, `need` (`qr`, `code` or `login`)',
    run: (context, { positionals: [session] }) =>
      import('../command/health.ts').then((module) => module.health(context, session ?? null)),
  }),
  command({
    name: 'events',
    group: 'Look',
    summary: 'what happened, oldest first: the newest 50, or all since a time',
    usage: '[--session SESSION] [--since TIME] [--type TYPE]… [--follow] [--screens] [--limit N]',
    arity: [0, 0],
    examples: [
      'holdfast events --since 10m',
      'holdfast events --follow --session web',
      'holdfast events --json --since 10s --type session.died',
    ],
    options: {
      session: { ...session, help: 'only events about SESSION, which may be a unit' },
      since: {
        type: 'string',
        value: 'TIME',
        help: 'an age (10s, 5m, 2h, 3d) or a time (14:00, 2026-11-20T14:00)',
      },
      type: { type: 'string', multiple: true, value: 'TYPE', help: 'only this type; repeatable' },
      limit: { type: 'string', value: 'N', help: 'only the newest N' },
      follow: { type: 'boolean', short: 'f', help: 'go on as new events come, until Ctrl-C' },
      screens: {
        type: 'boolean',
        help: 'with each death the whole last screens, of a unit its last lines',
      },
    },
    json: 'one event per line (docs/EVENTS.md), oldest first; with `--screens` a death, and `unit.output`, also has `screens`: `pane`, `blob`, `text`',
    run: (context, { values }) =>
      import('../command/events.ts').then((module) => module.events(context, values)),
  }),
  command({
    name: 'incidents',
    group: 'Look',
    summary: 'deaths grouped by what caused them, newest first',
    usage: '[--limit N]',
    arity: [0, 0],
    examples: ['holdfast incidents', 'holdfast incidents --limit 5'],
    options: { limit: { type: 'string', value: 'N', help: 'at most N (default: 20)' } },
    json: '`source`, `incidents`: `incident`, `server`, `at`, `sessions`, `cause`, `confidence`, `summary`, `acknowledgedAt` (null: nobody has); the three before it are empty until the verdict',
    run: (context, { values }) =>
      import('../command/incidents.ts').then((module) => module.incidents(context, values)),
  }),
  command({
    name: 'why',
    group: 'Look',
    summary: 'what killed a session or unit, with the evidence',
    usage: '[SESSION|UNIT|INCIDENT] [--evidence]',
    arity: [0, 1],
    details:
      'Without an argument: the newest incident. For a session or unit: the newest it was part of. The page fits the terminal. What it says, cause by cause: docs/CAUSES.md.',
    examples: ['holdfast why', 'holdfast why web', 'holdfast why web --evidence'],
    options: {
      evidence: {
        type: 'boolean',
        help: 'everything, however long: all evidence, who ran what, each death with its last screen',
      },
    },
    completes: 'sessions and units',
    json: 'the document of docs/CAUSES.md: `incident` (its id), `at`, `cause`, `scope`, `confidence`, `sessions`, `signal`, `exitStatus`, `actor`, `summary`, `evidence`, `missing`, `deaths` (in short), `preceded`, `deeds`, `pattern`, `server`, `trace`, `acknowledged`, `events`: the deaths, decisions and actions of it, and `more`: true where there are too many deaths for all of them',
    run: (context, { values, positionals: [subject] }) =>
      import('../command/why.ts').then((module) => module.why(context, subject ?? null, values)),
  }),
];
