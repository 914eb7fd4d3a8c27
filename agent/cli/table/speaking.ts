import { command } from '../command.ts';

/** What a program of yours says to Holdfast. */
export const speaking = [
  command({
    name: 'heartbeat',
    group: 'Other',
    summary: 'say how a bot is, from any language',
    usage: '[--connection STATE] [--received N] [--sent N] [--follow]',
    arity: [0, 0],
    details:
      'Run by the bot itself: the kernel tells which session it is in. Without an option it is a sign of life. What is counted is added to what was said before. With --follow it reads lines until its input ends: `received 3`, `sent`, `ready`, `disconnected TEXT`, `error TEXT`, `count NAME 2`, `time NAME 12.5`, `needs qr TEXT`, `needs nothing`, `alive`, or JSON with these as keys. Codes belong there: other users see options. Bots in Node.js have a library: docs/guides/heartbeats.md.',
    examples: [
      'holdfast heartbeat --connection ready --received 3',
      'python3 bot.py | holdfast heartbeat --follow',
    ],
    options: {
      connection: {
        type: 'string',
        value: 'STATE',
        completes: 'connections',
        help: 'connecting, needs-login, ready, degraded, disconnected or logged-out',
      },
      why: { type: 'string', value: 'TEXT', help: 'why the connection is so' },
      received: { type: 'string', value: 'N', help: 'N more messages came in' },
      sent: { type: 'string', value: 'N', help: 'N more messages went out' },
      count: {
        type: 'string',
        multiple: true,
        value: 'NAME=N',
        help: 'N more of anything (default: 1); repeatable',
      },
      time: {
        type: 'string',
        multiple: true,
        value: 'NAME=MS',
        help: 'something took MS milliseconds; repeatable',
      },
      error: { type: 'string', value: 'TEXT', help: 'an error happened' },
      follow: { type: 'boolean', short: 'f', help: 'read lines from standard input' },
      bot: { type: 'string', value: 'NAME', help: 'which of several bots of one session' },
      socket: {
        type: 'string',
        value: 'FILE',
        completes: 'files',
        help: 'say it there (default: $HOLDFAST_HEARTBEAT, else as --home says)',
      },
    },
    json: 'what was said: the parameters of `beat`, as `agent/protocol/heartbeat.ts` has them; nothing with --follow',
    run: (context, { values }) =>
      import('../command/heartbeat.ts').then((module) => module.heartbeat(context, values)),
  }),
];
