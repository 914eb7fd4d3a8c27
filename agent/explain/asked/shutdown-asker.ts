import type { Evidence } from '../evidence.ts';
import { shortened } from '../naming.ts';
import { type FactOf, factLine, factsOf, isBetween } from '../written/facts.ts';
import { type Asker, askerOf, asksWithinMs } from './asker.ts';

/** Actions of logind, such as `org.freedesktop.login1.reboot-multiple-sessions`. */
const goingDown = /^org\.freedesktop\.login1\.(reboot|power-off|halt)/;

const byClient = (fact: FactOf<'manager-request'>): Asker => ({
  text: `pid ${fact.pid}${fact.comm === null ? '' : ` (${shortened(fact.comm, 15)})`}${fact.unit === null ? '' : ` of ${shortened(fact.unit, 60)}`}`,
  actor: {
    ...{ pid: fact.pid, comm: fact.comm ?? '', cmdline: null, uid: null, user: null },
    ...{ unit: fact.unit, session: null, ancestry: [] },
  },
  line: factLine(fact),
});

/** What systemd calls these in `… requested from client PID`. */
const requests = new Set(['reboot', 'poweroff', 'halt', 'kexec', 'soft reboot']);

/** Who had the machine taken down: a person before the client of systemd that carried it out. */
export const shutdownAsker = (
  evidence: Evidence,
  at: number,
  isAsking: (command: string) => boolean,
): Asker | null => {
  const person = askerOf(evidence, at, isAsking, (action) => goingDown.test(action));
  if (person) return person;
  const clients = factsOf(evidence, 'manager-request')
    .filter(isBetween(at - asksWithinMs, at + asksWithinMs))
    .filter(({ request }) => requests.has(request));
  const [client, ...others] = clients;
  return client && others.length === 0 ? byClient(client) : null;
};
