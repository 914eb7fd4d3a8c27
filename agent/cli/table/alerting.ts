import { command } from '../command.ts';

const silence =
  '`silence` (its id), `session` (null: everything), `server` (null: every server), `at`, `until`, `reason`, `by`';

/** The commands about what people are told, and by whom they are answered. */
export const alerting = [
  command({
    name: 'alerts',
    group: 'Alerts',
    summary: 'what people were told of, open ones first, or why they were not',
    usage: '[--limit N]',
    arity: [0, 0],
    examples: ['holdfast alerts', 'holdfast alerts --limit 5'],
    options: { limit: { type: 'string', value: 'N', help: 'at most N, up to 200 (default: 20)' } },
    json: '`alerts`: `alert`, `kind`, `severity`, `status` (`firing` or `resolved`), `lapsed` (nothing more will be said of it, which does not mean that all is well), `headline`, `sessions`, `incident`, `count`, `openedAt`, `updatedAt`, `acknowledgedAt`, `channels` (what became of it, by channel)',
    run: (context, { values }) =>
      import('../command/alerts.ts').then((module) => module.alerts(context, values)),
  }),
  command({
    name: 'ack',
    group: 'Alerts',
    summary: 'say that you know of an incident: it is not told again',
    usage: '[INCIDENT|SESSION|UNIT]',
    arity: [0, 1],
    details:
      'Without an argument: the newest incident. For a session or unit: the newest it was part of.',
    examples: ['holdfast ack', 'holdfast ack web'],
    options: {},
    completes: 'sessions and units',
    json: '`incident`, `sessions`',
    run: (context, { positionals: [subject] }) =>
      import('../command/ack.ts').then((module) => module.ack(context, subject ?? null)),
  }),
  command({
    name: 'silence',
    group: 'Alerts',
    summary: 'tell nobody of a session or unit, or of anything, for a while',
    usage: '[SESSION|UNIT|--all] [--for TIME --reason TEXT]',
    arity: [0, 1],
    details:
      'Without an argument: the silences in force. What happens meanwhile is recorded and explained as ever.',
    examples: [
      "holdfast silence web --for 1h --reason 'new release'",
      "holdfast silence --all --for 20m --reason 'moving house'",
      'holdfast silence',
    ],
    options: {
      all: { type: 'boolean', help: 'of anything, not of one session or unit' },
      for: { type: 'string', value: 'TIME', help: 'how long: 30m, 2h, 7d; at most 30d' },
      reason: { type: 'string', value: 'TEXT', help: 'why, for whoever wonders later' },
    },
    completes: 'sessions and units',
    json: `the silence: ${silence}; without an argument \`source\` and \`silences\``,
    run: (context, { values, positionals: [session] }) =>
      import('../command/silence.ts').then((module) =>
        module.silence(context, session ?? null, values),
      ),
  }),
  command({
    name: 'unsilence',
    group: 'Alerts',
    summary: 'end a silence before its time',
    usage: 'SESSION|UNIT|ID',
    arity: [1, 1],
    examples: ['holdfast unsilence web'],
    options: {},
    completes: 'sessions and units',
    json: `the silence: ${silence}`,
    run: (context, { positionals: [subject = ''] }) =>
      import('../command/unsilence.ts').then((module) => module.unsilence(context, subject)),
  }),
  command({
    name: 'alert',
    group: 'Alerts',
    summary: 'send a test alert, and say what came back',
    usage: 'test [--notifier CHANNEL]',
    arity: [1, 1],
    details:
      'It waits 12 s for each channel and then calls it unreachable. Exit code 1 when it was not accepted everywhere.',
    examples: ['holdfast alert test', 'holdfast alert test --notifier telegram'],
    options: {
      notifier: {
        type: 'string',
        value: 'CHANNEL',
        completes: 'channels',
        help: 'only there: telegram, webhook, ntfy, command, or one of them, such as webhook:ops',
      },
    },
    completes: 'alert deeds',
    json: '`results`: `channel`, `outcome` (`accepted`, `refused` or `unreachable`), `detail`, `afterMs`',
    run: (context, { values, positionals: [deed = ''] }) =>
      import('../command/alert.ts').then((module) => module.alert(context, deed, values.notifier)),
  }),
  command({
    name: 'pair',
    group: 'Alerts',
    summary: 'pair a Telegram account by a one-time code: told, and may act',
    usage: '[--list | --remove USER]',
    arity: [0, 0],
    details:
      'Whoever sends the code to the bot in time is told of alerts, and may ask about all sessions of this machine and act on them, whoever owns them. On a terminal it waits for that; Ctrl-C ends the wait, not the code.',
    examples: ['holdfast pair', 'holdfast pair --list', 'holdfast pair --remove 123456789'],
    options: {
      list: { type: 'boolean', help: 'who is paired' },
      remove: { type: 'string', value: 'USER', help: 'he is paired no more; USER is his id' },
    },
    json: '`code`, `url` and `bot` (null while its name is not known), `expiresAt`; nothing is waited for. With `--list` `people`, with `--remove` `removed`: `channel`, `user`, `name`, `pairedAt`, `chat`',
    run: (context, { values }) =>
      import('../command/pair.ts').then((module) => module.pair(context, values)),
  }),
];
