import type { Check } from './check.ts';
import { clock } from './checks/clock.ts';
import { disk } from './checks/disk.ts';
import { hidepid } from './checks/hidepid.ts';
import { logout } from './checks/logout.ts';
import { lostSocket } from './checks/lost-socket.ts';
import { memoryLimit } from './checks/memory-limit.ts';
import { needrestart } from './checks/needrestart.ts';
import { oomScore } from './checks/oom-score.ts';
import { pressure } from './checks/pressure.ts';
import { socketInTmp } from './checks/socket-in-tmp.ts';
import { sources } from './checks/sources.ts';
import { tmuxOptions } from './checks/tmux-options.ts';
import { tmuxVersion } from './checks/tmux-version.ts';
import { unitRights } from './checks/unit-rights.ts';
import { witness } from './checks/witness.ts';

/** Everything the doctor looks at: what kills sessions first, then what keeps the cause from being seen. */
export const checks: readonly Check[] = [
  lostSocket,
  socketInTmp,
  logout,
  tmuxOptions,
  memoryLimit,
  oomScore,
  needrestart,
  disk,
  tmuxVersion,
  clock,
  hidepid,
  witness,
  sources,
  unitRights,
  pressure,
];
