import { cutFacts } from './cut.ts';
import { type Journal, unseen } from './journal.ts';
import { authorization, runAs, sudos } from './parse/requests.ts';
import { unitFact } from './parse/unit-messages.ts';
import type { Source } from './source.ts';

const name = 'systemd-jobs';

/** More units than this nobody asks about at once: a session has one, its server another, and both have slices. */
const maxUnits = 20;

const fields = [
  ...['UNIT', 'JOB_TYPE', 'JOB_RESULT', 'UNIT_RESULT', 'EXIT_CODE', 'EXIT_STATUS'],
  'COMMAND',
];

/** Of the units asked about everything; of all others what is of weight (0 to 5, notice and worse): kills, failures. */
const managerMatches = (units: readonly string[]): string[] => [
  ...['_PID=1', ...[0, 1, 2, 3, 4, 5].map((priority) => `PRIORITY=${priority}`)],
  ...units.slice(0, maxUnits).flatMap((unit) => ['+', '_PID=1', `UNIT=${unit}`]),
];

/**
 * Read by themselves, because any user can fill these: it must not push out what systemd said. By the path of the
 * program, because any program can call itself sudo, and would push out what the true one said.
 */
const sudoMatches = Array.from(sudos, (path) => `_EXE=${path}`);
const polkitMatches = ['_SYSTEMD_UNIT=polkit.service'];

/**
 * What systemd did with units, and who had asked: through sudo, through polkit, or systemd itself. It does not write
 * down who asked for a job. What a user's own systemd says is left out: the user could write it himself.
 */
export const createSystemdJobs = (journal: Journal): Source => ({
  name,
  probe: (signal) => journal.probe(['_PID=1'], unseen, signal),
  ask: async (span, { units }, signal) => {
    const [manager, sudo, polkit] = await Promise.all([
      journal.read({ span, matches: managerMatches(units), fields }, signal),
      journal.read({ span, matches: sudoMatches, fields: [] }, signal),
      journal.read({ span, matches: polkitMatches, fields: [] }, signal),
    ]);
    return [
      ...manager.found.flatMap((entry) => unitFact(entry, name) ?? []),
      ...sudo.found.flatMap((entry) => runAs(entry, name) ?? []),
      ...polkit.found.flatMap((entry) => authorization(entry, name) ?? []),
      ...cutFacts(name, span.until, manager.cut, sudo.cut, polkit.cut),
    ];
  },
});
