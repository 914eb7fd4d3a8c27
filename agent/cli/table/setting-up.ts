import { command } from '../command.ts';

/** The commands that set Holdfast up, run it, and check it. */
export const settingUp = [
  command({
    name: 'up',
    group: 'Set up',
    summary: 'supervise from this terminal, without root or systemd',
    usage: '[--stop-sessions] [--no-exporter] [--no-notifier] [--no-witness] [--listen HOST:PORT]',
    arity: [0, 0],
    details:
      'Runs agent, link and exporter below one directory until Ctrl-C, and the notifier where there is somebody to tell. As root it also has the kernel tell who sends a signal, in a trace instance of its own. On a first start it writes a commented configuration with two demo sessions and watches the tmux servers you already have. When it stops, sessions live on.',
    examples: ['holdfast up', 'holdfast up --home ~/try --listen 127.0.0.1:9800'],
    options: {
      'stop-sessions': {
        type: 'boolean',
        help: 'when it stops, also end the sessions of its own tmux servers',
      },
      'no-exporter': { type: 'boolean', help: 'no metrics for Prometheus' },
      'no-notifier': { type: 'boolean', help: 'tell nobody, whatever is configured' },
      'no-witness': { type: 'boolean', help: 'do not trace who sends signals, as root could' },
      listen: {
        type: 'string',
        value: 'HOST:PORT',
        help: 'where metrics are served (default: 127.0.0.1:9798)',
      },
    },
    json: 'one object per line: `at`, `kind` (`started`, `found`, `supervising`, `event`, `child`, `warning`, `stopped`), `text`, and with `event` the `event`',
    run: (context, { values }) =>
      import('../command/up.ts').then((module) => module.up(context, values)),
  }),
  command({
    name: 'run',
    group: 'Set up',
    summary: 'declare a session and start it, without editing YAML',
    usage: 'NAME [--cwd DIR] [--env KEY=VALUE]… [--server SERVER] -- COMMAND…',
    arity: [2, Number.POSITIVE_INFINITY],
    details:
      'Writes sessions.d/NAME.yaml. One word after `--` is a shell command line; several are a program and its arguments, each passed on as it stands.',
    examples: ['holdfast run web --cwd ~/site -- npm start', "holdfast run log -- 'tail -f *.log'"],
    options: {
      cwd: {
        type: 'string',
        value: 'DIR',
        completes: 'directories',
        help: 'where it runs (default: here)',
      },
      env: {
        type: 'string',
        multiple: true,
        value: 'KEY=VALUE',
        help: 'set an environment variable; repeatable',
      },
      server: { type: 'string', value: 'SERVER', help: 'a managed server (default: main)' },
    },
    json: '`session`, `file` (where it is declared) and `life` of the running session',
    run: (context, { values, positionals: [name = '', ...words] }) =>
      import('../command/run.ts').then((module) => module.run(context, name, words, values)),
  }),
  command({
    name: 'forget',
    group: 'Set up',
    summary: 'undo `run`: the session is no longer declared',
    usage: 'NAME [--stop]',
    arity: [1, 1],
    details: 'The running session is left alone, still watched, and not started again.',
    examples: ['holdfast forget web', 'holdfast forget web --stop'],
    options: { stop: { type: 'boolean', help: 'end the running session, too' } },
    completes: 'sessions',
    json: '`session`, `file` (the one removed) and `stopped`',
    run: (context, { values, positionals: [name = ''] }) =>
      import('../command/forget.ts').then((module) => module.forget(context, name, values.stop)),
  }),
  command({
    name: 'check-config',
    group: 'Set up',
    summary: 'say everything that is wrong with the configuration',
    usage: '[FILE]',
    arity: [0, 1],
    details: 'Without FILE: the configuration in use and its sessions.d.',
    examples: ['holdfast check-config', 'holdfast check-config ./holdfast.yaml'],
    options: {},
    completes: 'files',
    json: '`valid`, `file`, `sessions`, `servers` (counts), `warnings` (sentences), `problems`: `file`, `line`, `path`, `got`, `expected`, `hint`',
    run: (context, { positionals: [file] }) =>
      import('../command/check-config.ts').then((module) => module.checkConfig(context, file)),
  }),
  command({
    name: 'reload',
    group: 'Set up',
    summary: 'put an edited configuration in force',
    usage: '',
    arity: [0, 0],
    details:
      'New sessions are started; those that are no longer declared run on. A configuration with a mistake is refused, and the old one stays in force.',
    examples: ['holdfast reload'],
    options: {},
    json: '`file`, `hash` (of the configuration in force), `sessions`, `servers` (counts), `warnings` (sentences)',
    run: (context) => import('../command/reload.ts').then((module) => module.reload(context)),
  }),
  command({
    name: 'polkit',
    group: 'Set up',
    summary: 'the rule that lets the agent control the declared units',
    usage: '[--write]',
    arity: [0, 0],
    details:
      'Prints the rule; with `--write`, as root, it is put where polkit reads it, or removed where no unit is declared any more. It names each unit, and stop and restart alone: a restart starts what is down as well. Without it Holdfast watches the units and can do nothing to them.',
    examples: ['holdfast polkit', 'sudo holdfast polkit --write'],
    options: { write: { type: 'boolean', help: 'put it in force; needs root' } },
    json: '`file` (where it belongs), `units`, `rule` (its text), `outcome` (`written`, `removed`, `unchanged`; null without `--write`)',
    run: (context, { values }) =>
      import('../command/polkit.ts').then((module) => module.polkit(context, values)),
  }),
  command({
    name: 'doctor',
    group: 'Set up',
    summary: 'what may kill sessions here one day, and how to mend it',
    usage: '[--all] [--only ID]… [--fix [--yes | --dry-run]]',
    arity: [0, 0],
    details:
      'Needs neither root nor a running agent. Exit code 1 when there is a warning. With `--fix` what is safe to mend is mended: each step is said, with whose it is and how to undo it, and asked about; then everything is looked at again. A file that is there already is never changed. What needs root is only said to others.',
    examples: ['holdfast doctor', 'holdfast doctor --all', 'holdfast doctor --fix --dry-run'],
    options: {
      all: { type: 'boolean', help: 'also what is in order' },
      only: {
        type: 'string',
        multiple: true,
        value: 'ID',
        help: 'only findings of this check, as --json names it; repeatable',
      },
      fix: { type: 'boolean', help: 'mend what can be mended safely, after asking' },
      yes: { type: 'boolean', help: 'with --fix: do not ask' },
      'dry-run': { type: 'boolean', help: 'with --fix: only say what would be done' },
    },
    json: '`checks`: `id`, `status` (`ok`, `warn` or `unknown`), `title`, `detail`, `fix` (a command or null), `mend` (what `--fix` would do, in words, or null); with `--fix` as they are afterwards, and `mended`: `id`, `title`, `steps`, `outcome` (`done`, `failed`, `declined`, `needs-root`, `would`), `message`',
    run: (context, { values }) =>
      import('../command/doctor.ts').then((module) => module.doctor(context, values)),
  }),
  command({
    name: 'drill',
    group: 'Set up',
    summary: 'kill a demo session before your eyes and print why it died',
    usage: '[--session SESSION --yes]',
    arity: [0, 0],
    details:
      'Needs a running agent. Sends SIGKILL to what runs in the session, waits until its end is explained and it is back, and prints the page of `holdfast why`. To Holdfast it is a death like any other: it is kept in the log, and told to whoever is told of deaths.',
    examples: ['holdfast drill', 'holdfast drill --session web --yes'],
    options: {
      session: {
        type: 'string',
        value: 'SESSION',
        completes: 'sessions',
        help: 'another session than demo-1 or demo-2; needs --yes',
      },
      yes: { type: 'boolean', help: 'really kill a session that is no demo' },
    },
    json: '`session`, `pids` (killed), `noticedMs`, and all that `why --json` has of it',
    run: (context, { values }) =>
      import('../command/drill.ts').then((module) => module.drill(context, values)),
  }),
];
