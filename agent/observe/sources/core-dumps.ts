import { textOf } from '../../os/text-of.ts';
import { cutFacts } from './cut.ts';
import type { Journal } from './journal.ts';
import { unseen } from './journal.ts';
import { coreDump } from './parse/core-dump.ts';
import type { Source } from './source.ts';

const name = 'core-dumps';
/** By the slice, which is the journal's own word: anybody may use the id, and fill what is read with it. */
const matches = [
  '_SYSTEMD_SLICE=system-systemd\\x2dcoredump.slice',
  'MESSAGE_ID=fc2e22bc6ee647b6b90729ab34a250b1',
];
const fields = [
  ...['COREDUMP_PID', 'COREDUMP_COMM', 'COREDUMP_SIGNAL', 'COREDUMP_SIGNAL_NAME', 'COREDUMP_UID'],
  ...['COREDUMP_EXE', 'COREDUMP_UNIT', 'COREDUMP_USER_UNIT', 'COREDUMP_TIMESTAMP'],
];

/** How long a dump may take to be written, ms: its entry comes after that. */
const writingMs = 30_000;

const notUsed = {
  ...{ ok: false as const, why: 'systemd-coredump does not take the core dumps here' },
  advice: '`sudo apt install systemd-coredump`; crashes are told by their exit without it',
};

/**
 * Programs that crashed, as systemd-coredump keeps them.
 * @param pattern the file that says who takes core dumps (core(5))
 */
export const createCoreDumps = (
  journal: Journal,
  pattern = '/proc/sys/kernel/core_pattern',
): Source => ({
  name,
  probe: async (signal) =>
    /^\|\S*systemd-coredump\b/.test(textOf(pattern) ?? '')
      ? journal.probe(['_PID=1'], unseen, signal)
      : notUsed,
  ask: async ({ since, until }, _about, signal) => {
    const span = { since, until: until + writingMs };
    const { found, cut } = await journal.read({ span, matches, fields }, signal);
    const dumps = found
      .flatMap((entry) => coreDump(entry, name) ?? [])
      .filter(({ at }) => at >= since && at <= until);
    return [...dumps, ...cutFacts(name, until, cut)];
  },
});
