import type { Way } from './way.ts';
import { benign } from './ways/benign.ts';
import { exitsByThemselves } from './ways/exits.ts';
import { faults } from './ways/faults.ts';
import { hidden } from './ways/hidden.ts';
import { limits } from './ways/limits.ts';
import { memory } from './ways/memory.ts';
import { servers } from './ways/servers.ts';
import { shells } from './ways/shells.ts';
import { signals } from './ways/signals.ts';
import { sockets } from './ways/sockets.ts';
import { stops } from './ways/stops.ts';
import { tmuxCommands } from './ways/tmux-commands.ts';
import { watchersDown } from './ways/watchers-down.ts';

/** Every way there is, by what it is about. */
export const matters: Readonly<Record<string, readonly Way[]>> = {
  signals,
  shells,
  'tmux-commands': tmuxCommands,
  exits: exitsByThemselves,
  faults,
  memory,
  limits,
  stops,
  sockets,
  servers,
  hidden,
  'watchers-down': watchersDown,
  benign,
};
