import type { Verdict } from '../../model/events/incident.ts';
import type { Oom } from '../evidence.ts';
import { isScarce } from '../memory-kills.ts';
import { quoted } from '../naming.ts';
import type { Rule } from '../rule.ts';
import { countedLine } from '../session-ooms.ts';
import { namedSignal, SIGKILL } from '../signals.ts';
import { sessionsText, verdict } from '../wording.ts';

type Whose = Oom['whose'];

const whatOf = (ooms: readonly Oom[], whose: Whose): string => {
  const session = ooms[0]?.session ?? '';
  const who = ooms.length === 1 ? `the session ${quoted(session)}` : sessionsText(ooms.length);
  const verb = ooms.length === 1 ? 'was' : 'were';
  if (whose === 'session') return `${who} ${verb} over memoryMax, and the kernel ended it`;
  const ended = `${who} ${verb} ended by the kernel`;
  return {
    unit: `${ended}: the sessions of one server, or of all of them, were together over their memory limit`,
    machine: `${ended} for want of memory, and no limit of ours was reached`,
    unknown: `${ended} for want of memory`,
  }[whose];
};

/** By whose limit was reached, and whether the machine had little left when it was last measured. */
const judged = (
  whose: Whose,
  scarce: boolean,
): Pick<Verdict, 'cause' | 'confidence' | 'missing'> => {
  if (whose === 'machine') {
    const missing = [
      'whether the machine itself was out of memory: a limit further up looks the same from here',
    ];
    return { cause: 'oom-system', confidence: scarce ? 'likely' : 'possible', missing };
  }
  if (whose === 'unknown') {
    const missing = ['whose limit was reached: the session ended before it was measured once'];
    return scarce
      ? { cause: 'oom-system', confidence: 'possible', missing }
      : { cause: 'oom-cgroup', confidence: 'likely', missing };
  }
  return { cause: 'oom-cgroup', confidence: 'certain', missing: [] };
};

export const sessionOom: Rule = {
  name: 'session-oom',
  sentence:
    "The kernel counted a kill for want of memory in the session's own cgroup, and tmux recorded how its program ended.",
  judge: ({ deaths, ooms = [], serverEnd }) => {
    if (serverEnd || deaths.length === 0 || ooms.length < deaths.length) return null;
    // What the kernel kills has an end that tmux writes down: a session without one was taken away, and lost a program before.
    if (deaths.some(({ exit }) => exit === null)) return null;
    const [whose, another] = new Set(ooms.map((oom) => oom.whose));
    if (whose === undefined || another !== undefined) return null;
    return verdict({
      ...judged(
        whose,
        deaths.some((death) => isScarce(death) === true),
      ),
      summary: whatOf(ooms, whose),
      signal: namedSignal(SIGKILL),
      evidence: ooms.slice(0, 20).map(countedLine),
    });
  },
};
