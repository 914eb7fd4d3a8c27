import type { Rule } from './evidence.ts';
import { differentEndings } from './rule/different-endings.ts';
import { nothingKnown } from './rule/nothing-known.ts';
import { paneSignal } from './rule/pane-signal.ts';
import { programExit } from './rule/program-exit.ts';
import { reboot } from './rule/reboot.ts';
import { removedByTmux } from './rule/removed-by-tmux.ts';
import { serverExited } from './rule/server-exited.ts';
import { serverGone } from './rule/server-gone.ts';
import { serverKilled } from './rule/server-killed.ts';
import { sessionOom } from './rule/session-oom.ts';

/** In order: what took more down is asked first. The last one always answers. */
export const rules: readonly Rule[] = [
  reboot,
  serverKilled,
  serverExited,
  serverGone,
  sessionOom,
  differentEndings,
  paneSignal,
  programExit,
  removedByTmux,
  nothingKnown,
];
