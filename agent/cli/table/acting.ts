import { command } from '../command.ts';

const result =
  '`session`, `action` (its id), `outcome` (`done`, `failed` or `lost`) and a `message`';

/** The commands that do something to one session. */
export const acting = [
  command({
    name: 'start',
    group: 'Act',
    summary: 'start a declared session or unit that is not running',
    usage: 'SESSION|UNIT',
    arity: [1, 1],
    examples: ['holdfast start web'],
    options: {},
    completes: 'sessions and units',
    json: result,
    run: (context, { positionals: [session = ''] }) =>
      import('../command/start.ts').then((module) => module.start(context, session)),
  }),
  command({
    name: 'stop',
    group: 'Act',
    summary: 'end a session or unit on purpose: it is not reported as a death',
    usage: 'SESSION|UNIT',
    arity: [1, 1],
    examples: ['holdfast stop web'],
    options: {},
    completes: 'sessions and units',
    json: result,
    run: (context, { positionals: [session = ''] }) =>
      import('../command/stop.ts').then((module) => module.stop(context, session)),
  }),
  command({
    name: 'restart',
    group: 'Act',
    summary: 'end a session or unit on purpose and start it again',
    usage: 'SESSION|UNIT',
    arity: [1, 1],
    examples: ['holdfast restart web'],
    options: {},
    completes: 'sessions and units',
    json: result,
    run: (context, { positionals: [session = ''] }) =>
      import('../command/restart.ts').then((module) => module.restart(context, session)),
  }),
  command({
    name: 'refresh',
    group: 'Act',
    summary: 'renew the login of a session or unit now, and say how it went',
    usage: 'SESSION|UNIT',
    arity: [1, 1],
    details:
      'As the configuration of the session says (refresh): it is started anew, a command is run, or its program gets a signal. A unit is restarted by systemd. One whose bot waits for a person is refused. When logins are renewed without being asked: docs/guides/session-expiry.md.',
    examples: ['holdfast refresh whatsapp'],
    options: {},
    completes: 'sessions and units',
    json: '`session`, `refresh` (its id), `outcome` (`done`, `failed` or `needs-person`), `code`, `message` and `tookMs`',
    run: (context, { positionals: [session = ''] }) =>
      import('../command/refresh.ts').then((module) => module.refresh(context, session)),
  }),
  command({
    name: 'send',
    group: 'Act',
    summary: 'type text into a session, with Return',
    usage: 'SESSION TEXT [--no-enter]',
    arity: [2, 2],
    details: 'The text is typed as it stands: `C-c` is three characters, not a key.',
    examples: ["holdfast send web 'npm test'", 'holdfast send web --no-enter yes'],
    options: { 'no-enter': { type: 'boolean', help: 'without Return at the end' } },
    completes: 'sessions',
    json: result,
    run: (context, { values, positionals: [session = '', text = ''] }) =>
      import('../command/send.ts').then((module) =>
        module.send(context, session, text, !values['no-enter']),
      ),
  }),
  command({
    name: 'attach',
    group: 'Act',
    summary: 'attach this terminal to a session',
    usage: 'SESSION',
    arity: [1, 1],
    details: 'Leave it again with the detach key of tmux: Ctrl-B, then d.',
    examples: ['holdfast attach web'],
    options: {},
    completes: 'sessions',
    json: '`session`, `socket`, `target` and the `command` that attaches; nothing is attached',
    run: (context, { positionals: [session = ''] }) =>
      import('../command/attach.ts').then((module) => module.attach(context, session)),
  }),
  command({
    name: 'login',
    group: 'Act',
    summary: 'show what logs a bot in: a QR code, a code, an address',
    usage: 'SESSION|UNIT [--bot NAME]',
    arity: [1, 1],
    details:
      'For operators and the owner of the session; of a unit, which has no owner, for operators. On a terminal it follows the bot: a QR code is replaced when the bot gives a new one, and the command ends when the bot is ready. A QR code takes the whole terminal and leaves nothing on it. Without a terminal a code or an address is printed once, and a QR code not at all. What is shown is in no log and in no file: docs/SECURITY.md.',
    examples: ['holdfast login wa', 'holdfast login wa --bot second', 'holdfast login wa --json'],
    options: {
      bot: {
        type: 'string',
        value: 'NAME',
        help: 'which bot of it, where there are several',
      },
    },
    completes: 'sessions and units',
    json: '`session`, `server`, `life`, `bot`, `kind` (`qr`, `code` or `login`), `text` (what is in the QR code, the pairing code, or where to log in) and `at`; nothing is waited for',
    run: (context, { values, positionals: [session = ''] }) =>
      import('../command/login.ts').then((module) => module.login(context, session, values)),
  }),
];
