/** The user whose managed server dies, and the one who starts servers of his own. */
export const owners = { managed: 'deploy', adopted: 'alice' } as const;

/** Declared sessions of the managed server: they come back whatever happens. */
export const declared = ['steady-1', 'steady-2', 'greedy'] as const;

/** As `tmux -L` has it, and as Holdfast calls it. */
export const ownServer = 'own';

/** Starts a child that takes memory when it is told to. */
const greedy = `while read -r word; do [ "$word" != eat ] || exec tail /dev/zero; done`;

const steady = { command: 'exec sleep infinity' };

/** What the role is given, over the lab's own settings. */
export const settings = {
  holdfast_owners: Object.values(owners).map((name) => ({ name })),
  holdfast_notifier_credentials: [],
  holdfast_metrics: false,
  holdfast_config: {
    servers: {
      main: { owner: owners.managed },
      [ownServer]: { owner: owners.adopted, adopt: ownServer },
    },
    recovery: { maxRestarts: 100, window: '60s', firstWait: '10ms', longestWait: '10ms' },
    sessions: {
      'steady-1': steady,
      'steady-2': steady,
      greedy: { command: greedy, limits: { memoryMax: '64MiB' } },
    },
  },
};

/** Beside what every machine of the lab has. */
export const packages = ['tmux', 'systemd-oomd', 'auditd', 'bpftrace'] as const;

/** They would take part in everything. */
export const switchedOff = [
  'auditd.service',
  'systemd-oomd.service',
  'systemd-oomd.socket',
] as const;
