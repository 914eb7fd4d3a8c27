import type { Way } from './way.ts';
import { benign } from './ways/benign.ts';
import { benignPanes } from './ways/benign-panes.ts';
import { binaries } from './ways/binaries.ts';
import { cgroups } from './ways/cgroups.ts';
import { descendants } from './ways/descendants.ts';
import { exitsByThemselves } from './ways/exits.ts';
import { faults } from './ways/faults.ts';
import { hidden } from './ways/hidden.ts';
import { limits } from './ways/limits.ts';
import { memory } from './ways/memory.ts';
import { moves } from './ways/moves.ts';
import { neighbours } from './ways/neighbours.ts';
import { nonfatalSignals } from './ways/nonfatal-signals.ts';
import { respawns } from './ways/respawns.ts';
import { servers } from './ways/servers.ts';
import { shells } from './ways/shells.ts';
import { shortage } from './ways/shortage.ts';
import { signals } from './ways/signals.ts';
import { sockets } from './ways/sockets.ts';
import { stops } from './ways/stops.ts';
import { threads } from './ways/threads.ts';
import { tmuxCallers } from './ways/tmux-callers.ts';
import { tmuxUnattached } from './ways/tmux-unattached.ts';
import { tmuxWordings } from './ways/tmux-wordings.ts';
import { users } from './ways/users.ts';
import { watchersDown } from './ways/watchers-down.ts';

/** Every way there is, by what it is about. */
export const matters: Readonly<Record<string, readonly Way[]>> = {
  signals,
  shells,
  descendants,
  neighbours,
  'tmux-callers': tmuxCallers,
  'tmux-wordings': tmuxWordings,
  'tmux-unattached': tmuxUnattached,
  respawns,
  moves,
  exits: exitsByThemselves,
  faults,
  memory,
  limits,
  cgroups,
  stops,
  sockets,
  servers,
  hidden,
  'nonfatal-signals': nonfatalSignals,
  binaries,
  threads,
  users,
  shortage,
  'watchers-down': watchersDown,
  benign,
  'benign-panes': benignPanes,
};
