import type { Verdict } from '../../model/events/incident.ts';
import type { Evidence, Rule } from '../evidence.ts';
import { exitLines } from '../exits.ts';
import { quoted, summaryOf } from '../naming.ts';
import { tellerOf } from '../witnessed/client.ts';
import { endingOf } from '../witnessed/ending.ts';
import { isComplete } from '../witnessed/gaps.ts';
import { oneCause } from '../witnessed/one-cause.ts';
import { targetOf, witnessedVerdict } from '../witnessed/witnessed-verdict.ts';
import { sessionsText, verdict } from '../wording.ts';
import { goneUnattached } from '../written/ending-options.ts';
import { factLine } from '../written/of-kind.ts';
import { causeOf } from './cause-of.ts';

const why = 'destroy-unattached was on, by which it goes with its last client';

const missing = ['whether its last client left then: tmux writes that down nowhere'];

/** The kernel tells that the server closed it, and no client that it was told to. */
const traced = (evidence: Evidence): Verdict | null => {
  const one = oneCause(evidence);
  const options = goneUnattached(evidence);
  if (one?.scope !== 'session' || !options) return null;
  if (causeOf(one.first, evidence) !== 'tmux-command') return null;
  if (tellerOf(one.first, one.told).client) return null;
  return witnessedVerdict(one, {
    cause: 'tmux-command',
    summary: `tmux removed ${targetOf(one)}: ${why}`,
    confidence: 'likely',
    actor: null,
    lines: options.map(factLine),
    missing,
  });
};

const untraced = (evidence: Evidence): Verdict | null => {
  const { deaths, server, serverEnd } = evidence;
  const options = goneUnattached(evidence);
  if (serverEnd || !options || endingOf(evidence) || isComplete(evidence)) return null;
  if (deaths.some(({ exit }) => exit)) return null;
  const [{ session } = { session: '' }] = deaths;
  const what = deaths.length === 1 ? quoted(session) : sessionsText(deaths.length);
  const ended = 'how its program ended: on an adopted server tmux keeps no exit status';
  return verdict({
    cause: 'tmux-command',
    confidence: 'possible',
    summary: summaryOf(`tmux may have removed ${what} by itself: ${why}`),
    evidence: [...options.slice(0, 20).map(factLine), ...exitLines(evidence)],
    missing: server.managed ? missing : [...missing, ended],
  });
};

export const leftUnattached: Rule = {
  name: 'left-unattached',
  sentence:
    'The server closed the pane before its program ended, no client told it to, and destroy-unattached was on for the session.',
  judge: traced,
};

export const perhapsUnattached: Rule = {
  name: 'perhaps-unattached',
  sentence:
    'The server lives and recorded no end of the program, and destroy-unattached was on for the session.',
  judge: untraced,
};
