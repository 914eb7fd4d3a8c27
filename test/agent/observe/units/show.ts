import { type properties, readShown, type Shown } from '../../../../agent/observe/units/shown.ts';

export const unit = 'telegram-gateway.service';
export const invocation = '0123456789abcdef0123456789abcdef';

/** As `systemctl show` of systemd 257 prints a service that runs. */
const running: Readonly<Record<(typeof properties)[number], string>> = {
  Id: unit,
  LoadState: 'loaded',
  ActiveState: 'active',
  SubState: 'running',
  Result: 'success',
  Restart: 'always',
  NRestarts: '0',
  InvocationID: invocation,
  MainPID: '812',
  ExecMainCode: '0',
  ExecMainStatus: '0',
  ControlGroup: `/system.slice/${unit}`,
  ActiveEnterTimestamp: '@1795176000',
  ExecMainExitTimestamp: '',
};

export type Changes = Partial<typeof running>;

/** The block of one unit. */
export const block = (changes: Changes = {}): string =>
  Object.entries({ ...running, ...changes })
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');

/** One unit as it is read. */
export const shown = (changes: Changes = {}): Shown => {
  const [one] = readShown(block(changes), [changes.Id ?? unit]) ?? [];
  if (!one) throw new Error('nothing is shown');
  return one;
};

const dead = { MainPID: '0', ControlGroup: '', ActiveEnterTimestamp: '' };

/** As systemd shows a unit that is down for one reason or another. */
export const down = {
  stopped: {
    ...{ ...dead, ActiveState: 'inactive', SubState: 'dead' },
    ...{ ExecMainCode: '1', ExecMainStatus: '0' },
  },
  crashed: {
    ...{ ...dead, ActiveState: 'activating', SubState: 'auto-restart', Result: 'exit-code' },
    ...{ ExecMainCode: '1', ExecMainStatus: '1' },
  },
  killed: {
    ...{ ...dead, ActiveState: 'activating', SubState: 'auto-restart', Result: 'signal' },
    ...{ ExecMainCode: '2', ExecMainStatus: '9' },
  },
  failed: {
    ...{ ...dead, ActiveState: 'failed', SubState: 'failed', Result: 'exit-code' },
    ...{ ExecMainCode: '1', ExecMainStatus: '1' },
  },
  missing: {
    ...{ ...dead, LoadState: 'not-found', ActiveState: 'inactive', SubState: 'dead' },
    ...{ InvocationID: '', Restart: 'no' },
  },
} satisfies Record<string, Changes>;
