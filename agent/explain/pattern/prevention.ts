import type { Cause } from '../../model/events/incident.ts';
import type { Trait } from '../../model/pattern.ts';
import { unitsServer } from '../../model/unit-state.ts';
import { shortened } from '../naming.ts';
import { commandWord } from './command-word.ts';
import type { PastEnd } from './past-end.ts';
import { againstKiller, againstTmuxCommand } from './prevent-killer.ts';
import { unitPrevention } from './prevent-unit.ts';

const maxText = 240;

type Prevent = (end: PastEnd, traits: readonly Trait[]) => string | null;

const isRegular = (traits: readonly Trait[]): boolean =>
  traits.some(({ kind }) => kind === 'time-of-day' || kind === 'interval');

const unseen: Prevent = (_end, traits) =>
  isRegular(traits)
    ? 'compare its times with the timers and jobs of the machine: systemctl list-timers --all'
    : 'have the next one seen, as far as this machine allows: holdfast doctor';

const theProgram: Prevent = ({ death, sessions }) => {
  const session = commandWord(death?.session ?? sessions[0] ?? '');
  const only = session === null ? '' : ` --session ${session}`;
  return `mend its program, whose last screens say more: holdfast events${only} --type session.died --screens`;
};

const says =
  (text: string): Prevent =>
  () =>
    text;

const none: Prevent = () => null;

const theSender: Prevent = (end, traits) =>
  end.actor ? againstKiller(end.actor, end) : unseen(end, traits);

/** Nothing that runs an option does so by the clock. */
const theCommand: Prevent = (end, traits) => {
  if (end.actor) return againstTmuxCommand(end.actor, end);
  if (isRegular(traits)) return unseen(end, traits);
  return 'if nobody gave that command, an option of the tmux server did: tmux set -g destroy-unattached off';
};

/** By the cause, and for those that somebody brings about by who that was. */
const byCause: Readonly<Record<Cause, Prevent>> = {
  signal: theSender,
  'tmux-command': theCommand,
  'program-exit': theProgram,
  'program-crash': says(
    'mend its program; where core dumps are kept, they show the place: coredumpctl info',
  ),
  'oom-cgroup': says(
    'raise limits.memoryMax of the session, or find what leaks in it, then: holdfast reload',
  ),
  'oom-system': says(
    'give what uses most memory a limit (limits.memoryMax), or the machine more memory: holdfast doctor',
  ),
  oomd: says(
    'give the sessions limits of their own (limits.memoryMax) and have the tmux server spared: holdfast doctor',
  ),
  rlimit: says(
    'raise the limit of its processes where it is set: grep -rn -e cpu -e fsize /etc/security/limits.conf /etc/security/limits.d',
  ),
  // The actor is the manager that sent the signal: neither that unit nor that user.
  'unit-stop': says(
    'let Holdfast start the tmux server in a unit of its own, or set KillMode=process for the unit it runs in: holdfast doctor',
  ),
  logout: says('let what that user runs outlive the login, as that user: loginctl enable-linger'),
  shutdown: none,
  'host-crash': says('see what the machine wrote down last: journalctl -b -1 -n 50'),
  'socket-lost': says(
    'keep the socket out of /tmp, or except it from what cleans there: holdfast doctor',
  ),
  'server-hung': none,
  intended: none,
  unknown: unseen,
};

/** What would keep it from happening again, with a command where there is one; null: nothing known here would. */
export const preventionOf = (end: PastEnd, traits: readonly Trait[]): string | null => {
  const ofUnit = end.server === unitsServer ? unitPrevention(end) : undefined;
  // A cause of a newer release is not in the table.
  const text = ofUnit ?? byCause[end.cause]?.(end, traits) ?? null;
  return text === null ? null : shortened(text, maxText);
};
