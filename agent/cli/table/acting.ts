import { command } from '../command.ts';

const result =
  '`session`, `action` (its id), `outcome` (`done`, `failed` or `lost`) and a `message`';

/** The commands that do something to one session. */
export const acting = [
  command({
    name: 'start',
    group: 'Act',
    summary: 'start a declared session that is not running',
    usage: 'SESSION',
    arity: [1, 1],
    examples: ['holdfast start web'],
    options: {},
    completes: 'sessions',
    json: result,
    run: (context, { positionals: [session = ''] }) =>
      import('../command/start.ts').then((module) => module.start(context, session)),
  }),
  command({
    name: 'stop',
    group: 'Act',
    summary: 'end a session on purpose: it is not reported as a death',
    usage: 'SESSION',
    arity: [1, 1],
    examples: ['holdfast stop web'],
    options: {},
    completes: 'sessions',
    json: result,
    run: (context, { positionals: [session = ''] }) =>
      import('../command/stop.ts').then((module) => module.stop(context, session)),
  }),
  command({
    name: 'restart',
    group: 'Act',
    summary: 'end a session on purpose and start it again',
    usage: 'SESSION',
    arity: [1, 1],
    examples: ['holdfast restart web'],
    options: {},
    completes: 'sessions',
    json: result,
    run: (context, { positionals: [session = ''] }) =>
      import('../command/restart.ts').then((module) => module.restart(context, session)),
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
];
