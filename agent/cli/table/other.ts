import { command } from '../command.ts';

/** The commands about Holdfast itself. */
export const other = [
  command({
    name: 'log-level',
    group: 'Other',
    summary: 'show or set how much is logged, without a restart',
    usage: '[LEVEL] [--session SESSION]',
    arity: [0, 1],
    details: 'Levels: trace, debug, info, warn, error, fatal.',
    examples: ['holdfast log-level', 'holdfast log-level debug --session web'],
    options: {
      session: {
        type: 'string',
        value: 'SESSION',
        completes: 'sessions',
        help: 'set it for the log of SESSION alone',
      },
    },
    completes: 'levels',
    json: '`level` and `sessions`: the levels of their own, by name',
    run: (context, { values, positionals: [level] }) =>
      import('../command/log-level.ts').then((module) =>
        module.logLevel(context, level, values.session),
      ),
  }),
  command({
    name: 'version',
    group: 'Other',
    summary: 'the version of this command and of the running agent',
    usage: '',
    arity: [0, 0],
    examples: ['holdfast version'],
    options: {},
    json: '`version`, `node`, `agent`: `version`, `schema`, `pid`; or null when none runs',
    run: (context) => import('../command/version.ts').then((module) => module.version(context)),
  }),
  command({
    name: 'completion',
    group: 'Other',
    summary: 'print the completion script of a shell',
    usage: 'bash',
    arity: [1, 1],
    examples: [
      'source <(holdfast completion bash)',
      'holdfast completion bash | sudo tee /etc/bash_completion.d/holdfast',
    ],
    options: {},
    completes: 'shells',
    json: '`shell` and its `script`',
    run: (context, { positionals: [shell = ''] }) =>
      import('../command/completion.ts').then((module) => module.completion(context, shell)),
  }),
  command({
    name: 'help',
    group: 'Other',
    summary: 'say what the commands are, or what one does',
    usage: '[COMMAND]',
    arity: [0, 1],
    examples: ['holdfast help', 'holdfast help events'],
    options: {},
    completes: 'commands',
    json: '`commands`: `name`, `summary`, `usage`, `examples`, `options`',
    run: (context, { positionals: [name] }) =>
      import('../command/help.ts').then((module) => module.help(context, name)),
  }),
];
