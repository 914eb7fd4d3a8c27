/** What is asked of systemd about a unit (org.freedesktop.systemd1(5)). */
export const properties = [
  ...['Id', 'LoadState', 'ActiveState', 'SubState', 'Result', 'Restart', 'NRestarts'],
  ...['InvocationID', 'MainPID', 'ExecMainCode', 'ExecMainStatus', 'ControlGroup'],
  ...['ActiveEnterTimestamp', 'ExecMainExitTimestamp'],
] as const;

/** A unit as systemd shows it. */
export interface Shown {
  unit: string;
  /** `missing`: systemd has no such unit that could be started or runs, or under another name. */
  load: 'loaded' | 'missing';
  /** `active`, `reloading`, `activating`, `deactivating`, `inactive`, `failed` and what later releases have. */
  active: string;
  sub: string;
  result: string;
  /** `Restart=` of the unit. */
  restart: string;
  /** How often systemd has started it again by itself since somebody started it. */
  restarts: number;
  /** Empty: it never ran. */
  invocation: string;
  pid: number | null;
  exit: { status: number | null; signal: number | null } | null;
  /** When that was, in whole seconds, ms since the epoch; null: it runs, or it cannot be read. */
  exitedAt: number | null;
  /** From the root of the cgroups; null: it has none of its own. */
  group: string | null;
  /** Since when it is active, ms since the epoch; null: it is not, or it cannot be read. */
  activeSince: number | null;
}

/** Far more than a name or a path of systemd has. */
const maxValue = 4096;

const word = /^[a-z][a-z-]{0,63}$/;

const wordOf = (text: string | undefined): string => (text && word.test(text) ? text : 'unknown');

const numberOf = (text: string | undefined): number | null =>
  text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : null;

const pidOf = (text: string | undefined): number | null => numberOf(text) || null;

/** CLD_EXITED, CLD_KILLED and CLD_DUMPED of waitid(2). */
const exitOf = (code: string | undefined, status: string | undefined): Shown['exit'] => {
  const value = numberOf(status);
  if (value === null) return null;
  if (code === '1') return { status: value, signal: null };
  return code === '2' || code === '3' ? { status: null, signal: value } : null;
};

/** Only its own: whoever is in a group that others are in as well would speak for it. */
const groupOf = (text: string | undefined, unit: string): string | null => {
  const parts = (text ?? '').split('/');
  const isWhole = parts[0] === '' && !parts.includes('..') && parts.at(-1) === unit;
  return isWhole && text ? text : null;
};

/** As `--timestamp=unix` writes it. */
const timeOf = (text: string | undefined): number | null => {
  const seconds = numberOf(/^@(\d+)$/.exec(text ?? '')?.[1]);
  return seconds === null ? null : seconds * 1000;
};

const valuesIn = (block: string): Map<string, string> =>
  new Map(
    block.split('\n').flatMap((line): [string, string][] => {
      const at = line.indexOf('=');
      return at > 0 && line.length <= maxValue ? [[line.slice(0, at), line.slice(at + 1)]] : [];
    }),
  );

/** What was started goes on when its file is gone, masked or no longer understood. */
const runs = (active: string): boolean => !['inactive', 'failed', 'unknown'].includes(active);

const shownIn = (block: string, unit: string): Shown => {
  const values = valuesIn(block);
  const invocation = values.get('InvocationID') ?? '';
  const active = wordOf(values.get('ActiveState'));
  const isThere = values.get('LoadState') === 'loaded' || (invocation !== '' && runs(active));
  // Under another name systemd would be asked for a unit that nobody declared.
  const isIt = isThere && values.get('Id') === unit;
  return {
    unit,
    load: isIt ? 'loaded' : 'missing',
    active,
    sub: wordOf(values.get('SubState')),
    result: wordOf(values.get('Result')),
    restart: wordOf(values.get('Restart')),
    restarts: numberOf(values.get('NRestarts')) ?? 0,
    invocation: /^[0-9a-f]{32}$/.test(invocation) ? invocation : '',
    pid: pidOf(values.get('MainPID')),
    exit: exitOf(values.get('ExecMainCode'), values.get('ExecMainStatus')),
    exitedAt: timeOf(values.get('ExecMainExitTimestamp')) || null,
    group: groupOf(values.get('ControlGroup'), unit),
    activeSince: timeOf(values.get('ActiveEnterTimestamp')),
  };
};

/**
 * What `systemctl show` printed of `units`, in their order; null: it is something else. It prints a block for each unit
 * that was named, known or not.
 */
export const readShown = (text: string, units: readonly string[]): Shown[] | null => {
  const blocks = text
    .split(/\n{2,}/)
    .map((block) => block.trim())
    .filter((block) => block !== '');
  if (blocks.length !== units.length) return null;
  return units.map((unit, i) => shownIn(blocks[i] ?? '', unit));
};
