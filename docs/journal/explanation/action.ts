import type { Explanations } from './explanation.ts';

export const actionExplanations: Explanations<'recovery' | 'action'> = {
  'recovery.suspended': {
    subject: 'Holdfast gave up on bringing something back on @HOLDFAST_SERVER@',
    meaning:
      'It died as often as the configuration allows within the window (recovery), so its breaker opens: it is left alone until an operator starts it, or until it is tried once after a long while (recovery.probeAfter). Other sessions are not affected.',
    look: '`holdfast incidents` and `holdfast why INCIDENT` say what ends it. Mend that, then run `holdfast start SESSION`.',
  },
  'recovery.resumed': {
    subject: 'Holdfast brings something back again on @HOLDFAST_SERVER@',
    meaning: 'An operator started what had been left alone. Its restarts are counted from zero.',
    look: 'Nothing has to be done.',
  },
  'recovery.left': {
    subject: 'Holdfast leaves a session on @HOLDFAST_SERVER@ as it ended (@HOLDFAST_REASON@)',
    meaning:
      'Its program exited with status 0 (clean-exit), it is declared with restart: never (restart-off), or somebody stopped it while it was down (operator). With restart: always the first would come back.',
    look: '`holdfast start SESSION` starts it again.',
  },
  'recovery.closed': {
    subject: 'What Holdfast had given up on @HOLDFAST_SERVER@ stays up again',
    meaning: 'It was tried once, and has been up and well for long. Its restarts are counted anew.',
    look: 'Nothing has to be done.',
  },
  'action.done': {
    subject: 'Holdfast carried out action @HOLDFAST_ACTION@',
    meaning:
      'A session or server was created, ended or repaired, or keys were typed into a session. The listing that followed shows the effect.',
    look: 'Nothing has to be done. Entries of one cause share HOLDFAST_TRACE.',
  },
  'action.failed': {
    subject: 'Action @HOLDFAST_ACTION@ of Holdfast failed',
    meaning:
      'The link or tmux refused it, or it went wrong. What is wanted and is not there is tried again, until that was done too often.',
    look: 'The entry names the reason. A directory that is missing, a command that is not there and a full disk are the usual ones.',
  },
  'action.lost': {
    subject: 'Nobody can tell whether action @HOLDFAST_ACTION@ was carried out',
    meaning:
      'The agent or the link went away in between, and the world does not show the outcome. It is not repeated blindly; what is still wanted is decided anew.',
    look: '`holdfast sessions` shows what is there now.',
  },
};
