import { childKilled } from './rule/child-killed.ts';
import { crashed } from './rule/crashed.ts';
import { differentCauses } from './rule/different-causes.ts';
import { differentEndings } from './rule/different-endings.ts';
import { endedByItself } from './rule/ended-by-itself.ts';
import { groupCounted } from './rule/group-counted.ts';
import { kernelSignal } from './rule/kernel-signal.ts';
import { killedItself } from './rule/killed-itself.ts';
import { leftUnattached } from './rule/left-unattached.ts';
import { limitReached } from './rule/limit-reached.ts';
import { loggedClient } from './rule/logged-client.ts';
import { loggedCommand } from './rule/logged-command.ts';
import { memoryCounted } from './rule/memory-counted.ts';
import { nothingKnown } from './rule/nothing-known.ts';
import { oomdKilled } from './rule/oomd-killed.ts';
import { outOfMemory } from './rule/out-of-memory.ts';
import { ownLimit } from './rule/own-limit.ts';
import { paneSignal } from './rule/pane-signal.ts';
import { perhapsUnattached } from './rule/perhaps-unattached.ts';
import { programExit } from './rule/program-exit.ts';
import { reboot } from './rule/reboot.ts';
import { removedByTmux } from './rule/removed-by-tmux.ts';
import { serverEmptied } from './rule/server-emptied.ts';
import { serverExited } from './rule/server-exited.ts';
import { serverGone } from './rule/server-gone.ts';
import { serverKilled } from './rule/server-killed.ts';
import { sessionOom } from './rule/session-oom.ts';
import { signalFromParent } from './rule/signal-from-parent.ts';
import { signalHeeded } from './rule/signal-heeded.ts';
import { signalSent } from './rule/signal-sent.ts';
import { terminalClosed } from './rule/terminal-closed.ts';
import { toldTmux } from './rule/told-tmux.ts';
import { typed } from './rule/typed.ts';
import { unitStopped } from './rule/unit-stopped.ts';
import { unitTold } from './rule/unit-told.ts';
import { unitUnseen } from './rule/unit-unseen.ts';
import { writtenCrash } from './rule/written-crash.ts';
import { writtenOom } from './rule/written-oom.ts';
import { writtenOomd } from './rule/written-oomd.ts';
import { writtenSignal } from './rule/written-signal.ts';
import { writtenStop } from './rule/written-stop.ts';
import type { Rule } from './rule.ts';

/**
 * What the kernel told. Several may answer, and the narrower is asked first: a command before the signal that a program
 * sends itself for it, systemd-oomd before a sender and before a stop, a stop before what a program heeds.
 */
const witnessed: readonly Rule[] = [
  loggedClient,
  leftUnattached,
  toldTmux,
  oomdKilled,
  outOfMemory,
  limitReached,
  crashed,
  unitStopped,
  signalSent,
  signalFromParent,
  childKilled,
  signalHeeded,
  typed,
  killedItself,
  kernelSignal,
  terminalClosed,
  differentCauses,
  endedByItself,
];

/** What others wrote down of ends that the kernel told nothing about: what leads to something else is asked first. */
const onlyWritten: readonly Rule[] = [
  writtenOom,
  writtenOomd,
  writtenCrash,
  writtenSignal,
  writtenStop,
];

/** Kills for want of memory that were counted, and that nobody told of. */
const counted: readonly Rule[] = [sessionOom, groupCounted, memoryCounted];

/** Of units: by systemd's own word. */
const unitEnds: readonly Rule[] = [unitTold];

/** How the server ended, where no more is known: what it said of itself is asked before its silence. */
const serverEnds: readonly Rule[] = [serverKilled, serverEmptied, serverExited, serverGone];

/** How programs ended, as tmux wrote it down. */
const programEnds: readonly Rule[] = [differentEndings, ownLimit, paneSignal, programExit];

/** Sessions that tmux took away, of which nothing was written down but perhaps a command. */
const takenAway: readonly Rule[] = [loggedCommand, perhapsUnattached, removedByTmux];

/** In order: what took more down is asked first, and the kernel before what can be told without it. */
export const rules: readonly Rule[] = [
  reboot,
  ...witnessed,
  ...onlyWritten,
  ...unitEnds,
  ...counted,
  ...serverEnds,
  ...programEnds,
  // Of a unit: only where not even its program's end is known.
  unitUnseen,
  ...takenAway,
  nothingKnown,
];
