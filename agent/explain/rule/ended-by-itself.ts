import type { DeathRecord } from '../../model/events/death.ts';
import { fromKernel } from '../../model/witnessed.ts';
import { line } from '../evidence-lines.ts';
import { quoted, sessionsOf } from '../naming.ts';
import type { Rule } from '../rule.ts';
import { SIGHUP } from '../signals.ts';
import { endingOf } from '../witnessed/ending.ts';
import { isComplete } from '../witnessed/gaps.ts';
import { isFromServer } from '../witnessed/nature.ts';
import { isTold, type Told } from '../witnessed/told.ts';
import { verdict } from '../wording.ts';

/** A record holds no more panes than this: of one that has as many some may be missing. */
const maxPanes = 8;

/** Whether all its panes are known by their process, so that what was sent to them would have been heard. */
const isKnown = ({ panes, exit, watched }: DeathRecord): boolean =>
  exit === null &&
  watched === 'live' &&
  panes.length > 0 &&
  panes.length < maxPanes &&
  panes.every(({ startTime }) => startTime !== 0);

/** A list of sessions is looked at no later than this after it was made. ms */
const listedMs = 1000;

/** The server closed a pane since they were last seen: nobody may have known of it, and it may have been the last. */
const closedAnother = (told: Told): boolean => {
  const seen = Math.min(...told.deaths.map(({ lastSeen }) => lastSeen));
  return told.testimony.signals.some(
    (event) =>
      event.signal === SIGHUP &&
      event.code === fromKernel &&
      event.at >= seen - listedMs &&
      isFromServer(event, told),
  );
};

export const endedByItself: Rule = {
  name: 'ended-by-itself',
  sentence:
    'The kernel told of no signal to its programs, and the server did not close it: the last program ended by itself.',
  judge: (evidence) => {
    const { deaths, serverEnd, trouble, server } = evidence;
    if (!isTold(evidence) || !isComplete(evidence) || closedAnother(evidence)) return null;
    if (endingOf(evidence)) return null;
    if (deaths.length === 0 || trouble || !deaths.every(isKnown)) return null;
    // Only tmux ends without a word of how: of a unit systemd has one, or it is not known.
    if (deaths.some(({ unit }) => unit)) return null;
    if (serverEnd && (serverEnd.how !== 'exited' || deaths.length > 1)) return null;
    const rest = serverEnd
      ? `, and the tmux server ${quoted(server.name)} with its last session`
      : '';
    return verdict({
      cause: 'program-exit',
      confidence: 'likely',
      summary: `${sessionsOf(deaths)} ended by ${deaths.length === 1 ? 'itself' : 'themselves'}${rest}: no signal ended it, and tmux was not told to`,
      evidence: deaths
        .slice(0, 20)
        .map((death) => line(death.found, 'kernel', `${death.session}: no signal ended it`)),
      missing: ['with which status it ended: tmux wrote none down'],
    });
  },
};
