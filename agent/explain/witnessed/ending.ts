import type { DeathRecord } from '../../model/events/death.ts';
import type { SeenProcess } from '../../model/witnessed.ts';
import type { Evidence } from '../evidence.ts';
import { isProcess, isSame } from '../process.ts';
import { deathFinding } from './death-finding.ts';
import type { Finding } from './finding.ts';
import { isByOthers, type Nature } from './nature.ts';
import { serverFinding } from './server-finding.ts';
import { tellerOf } from './teller.ts';
import { isTold, type Told } from './told.ts';

/** What the kernel told of an incident. */
export interface Ending {
  told: Told;
  scope: 'server' | 'session';
  /** By what was behind them, in order of time: of one server, or of its sessions. The first of each speaks for it. */
  groups: [Finding, ...Finding[]][];
  /** Deaths of sessions that nothing the kernel told explains. */
  unexplained: DeathRecord[];
}

/**
 * One process, or several of one parent that are called the same: a loop that kills one after the other. The shells of
 * two panes are two.
 */
const isSameDoer = (a: SeenProcess, b: SeenProcess, { server: { instance } }: Told): boolean => {
  if (isSame(a, b)) return true;
  const [[one], [other]] = [a.ancestry, b.ancestry];
  if (!one || !other || one.pid <= 1 || (instance && isProcess(one, instance))) return false;
  return isSame(one, other) && a.comm === b.comm;
};

/** Who was behind a finding; null: nobody, or nobody can be told. */
export const doerOf = (finding: Finding, told: Told): SeenProcess | null => {
  const { nature, signal, death } = finding;
  const isOrder = nature === 'removed' || (death === null && nature === 'self');
  if (isOrder) return tellerOf(finding, told).client;
  if (nature === 'memory') return null;
  return isByOthers(nature) || nature === 'self' ? signal.sender : null;
};

/** One who kills several may be the parent of one, or come from one: this speaks for all, in order. */
const personal: readonly Nature[] = ['sent', 'parent', 'self'];

const isOneCause = (a: Finding, b: Finding, told: Told): boolean => {
  const isPersonal = [a, b].every(({ nature }) => personal.includes(nature));
  if (a.nature !== b.nature && !isPersonal) return false;
  const [one, other] = [doerOf(a, told), doerOf(b, told)];
  if (one && other) return isSameDoer(one, other, told);
  return one === other && (a.nature === 'memory' || a.signal.signal === b.signal.signal);
};

const grouped = (findings: readonly Finding[], told: Told): Ending['groups'] => {
  const groups: Ending['groups'] = [];
  for (const finding of findings.toSorted((a, b) => a.signal.at - b.signal.at)) {
    const group = groups.find(([first]) => isOneCause(first, finding, told));
    if (group) group.push(finding);
    else groups.push([finding]);
  }
  const rank = ({ nature }: Finding): number => personal.indexOf(nature);
  for (const group of groups) group.sort((a, b) => rank(a) - rank(b));
  return groups;
};

const read = (told: Told): Ending | null => {
  const server = serverFinding(told);
  if (server) return { told, scope: 'server', groups: [[server]], unexplained: [] };
  const known = told.deaths.map((death) => ({ death, finding: deathFinding(death, told) }));
  const findings = known.flatMap(({ finding }) => finding ?? []);
  const unexplained = known.flatMap(({ death, finding }) => (finding ? [] : death));
  // Whatever became of single sessions, the rest went with the server.
  const isServers = told.serverEnd && (told.serverEnd.how === 'killed' || unexplained.length > 0);
  if (findings.length === 0 || isServers) return null;
  return { told, scope: 'session', groups: grouped(findings, told), unexplained };
};

/** Each rule asks for it, of the same evidence. */
const endings = new WeakMap<Evidence, Ending | null>();

/** What the kernel told of the incident; null: nothing that explains it. */
export const endingOf = (evidence: Evidence): Ending | null => {
  if (!isTold(evidence)) return null;
  const known = endings.get(evidence);
  if (known !== undefined) return known;
  const ending = read(evidence);
  endings.set(evidence, ending);
  return ending;
};
