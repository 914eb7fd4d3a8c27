import type { Oom } from '../evidence.ts';
import { isScarce } from '../memory-kills.ts';
import { quoted } from '../naming.ts';
import type { Rule } from '../rule.ts';
import { countedLine } from '../session-ooms.ts';
import { namedSignal, SIGKILL } from '../signals.ts';
import { sessionsText, verdict } from '../wording.ts';

const whatOf = (ooms: readonly Oom[]): string => {
  const [{ session, whose } = { session: '', whose: 'machine' }] = ooms;
  const who = ooms.length === 1 ? `the session ${quoted(session)}` : sessionsText(ooms.length);
  const verb = ooms.length === 1 ? 'was' : 'were';
  if (whose === 'session') return `${who} ${verb} over memoryMax, and the kernel ended it`;
  return whose === 'unit'
    ? `${who} ${verb} ended by the kernel: the sessions of one server, or of all of them, were together over their memory limit`
    : `${who} ${verb} ended by the kernel for want of memory, and no limit of ours was reached`;
};

export const sessionOom: Rule = {
  name: 'session-oom',
  sentence:
    "The kernel counted a kill for want of memory in the session's own cgroup, and tmux recorded how its program ended.",
  judge: ({ deaths, ooms = [], serverEnd }) => {
    if (serverEnd || deaths.length === 0 || ooms.length < deaths.length) return null;
    // What the kernel kills has an end that tmux writes down: a session without one was taken away, and lost a program before.
    if (deaths.some(({ exit }) => exit === null)) return null;
    const whose = new Set(ooms.map((oom) => oom.whose));
    if (whose.size !== 1) return null;
    const isMachine = whose.has('machine');
    return verdict({
      cause: isMachine ? 'oom-system' : 'oom-cgroup',
      confidence: !isMachine ? 'certain' : deaths.some(isScarce) ? 'likely' : 'possible',
      summary: whatOf(ooms),
      signal: namedSignal(SIGKILL),
      evidence: ooms.slice(0, 20).map(countedLine),
      missing: isMachine
        ? [
            'whether the machine itself was out of memory: a limit further up looks the same from here',
          ]
        : [],
    });
  },
};
