import { type Deed, deedsIn } from '../../model/deeds.ts';
import type { Event } from '../../model/event.ts';
import type { DeathRecord } from '../../model/events/death.ts';
import type { Actor, EvidenceLine, Verdict } from '../../model/events/incident.ts';
import type { MachinePoint, UsagePoint } from '../../model/events/measures.ts';
import type { Pattern } from '../../model/pattern.ts';
import type { Incident } from '../../model/state.ts';
import type { IncidentReport } from '../../protocol/agent.ts';
import { deathsIn } from './focus.ts';
import { machineBefore } from './measures.ts';
import { lastScreen } from './screen.ts';

/** One death in short; all of its record is in `events`. */
export interface DeathInShort
  extends Pick<DeathRecord, 'session' | 'life' | 'lastSeen' | 'found' | 'ageMs' | 'exit'> {
  /** Null: not known. */
  lastCommand: string | null;
  /** The last lines of the pane that said most. Null: none was kept, or it was blank. */
  screenTail: string | null;
}

/** What came before; measures oldest first, and none where nobody measured. */
export interface PrecededDocument {
  /** What mattered of the measures, in sentences; none: all was calm. */
  text: string[];
  /** What people and other programs did, without being known as the cause. */
  done: EvidenceLine[];
  machine: MachinePoint[];
  sessions: { session: string; life: string; usage: UsagePoint[] }[];
}

/** What `holdfast why --json` prints: a public contract (docs/CAUSES.md). Times are ms since the epoch. */
export interface WhyDocument {
  schema: 1;
  /** Its id. */
  incident: string;
  at: number;
  /** These three and the summary are null until the verdict is reached. */
  cause: Verdict['cause'] | null;
  scope: Verdict['scope'] | null;
  confidence: Verdict['confidence'] | null;
  sessions: string[];
  /** `code` is its number. */
  signal: { name: string; code: number } | null;
  exitStatus: number | null;
  actor: Actor | null;
  summary: string | null;
  evidence: EvidenceLine[];
  missing: string[];
  deaths: DeathInShort[];
  /** The minute before. */
  preceded: PrecededDocument;
  /** What Holdfast did about it. */
  deeds: Deed[];
  /** How the same came about before; null: it did not, within 30 days. */
  pattern: Pattern | null;
  server: string;
  trace: string;
  acknowledged: Incident['acknowledged'] | null;
  events: Event[];
  /** Whether records of deaths are left out, for there are too many. */
  more: boolean;
}

const inShort = (death: DeathRecord): DeathInShort => {
  const { session, life, lastSeen, found, ageMs, exit, lastCommand } = death;
  return {
    ...{ session, life, lastSeen, found, ageMs, exit },
    lastCommand: lastCommand.source === 'not known' ? null : lastCommand.text,
    screenTail: lastScreen(death, new Map())?.text ?? null,
  };
};

/** Field by field: what the log may hold besides is no part of the contract. */
const actorIn = ({ actor }: Verdict): Actor | null => {
  if (!actor) return null;
  const { pid, comm, cmdline, uid, user, unit, session } = actor;
  const ancestry = actor.ancestry.map((one) => ({
    ...{ pid: one.pid, comm: one.comm, cmdline: one.cmdline },
  }));
  return { pid, comm, cmdline, uid, user, unit, session, ancestry };
};

/** An agent of an older release does not tell. */
const patternIn = ({ pattern }: IncidentReport): Pattern | null => {
  if (!pattern) return null;
  const { count, since, text, sameCause, prevention } = pattern;
  const traits = pattern.traits.map((trait) => ({ kind: trait.kind, text: trait.text }));
  return { count, since, text, sameCause, traits, prevention };
};

/** An agent of an older release does not tell. */
const precededIn = (report: IncidentReport, deaths: readonly DeathRecord[]): PrecededDocument => ({
  text: report.preceded ?? [],
  done: report.incident.verdict?.preceded ?? [],
  machine: machineBefore(report),
  sessions: deaths.flatMap(({ session, life, usageBefore = [] }) =>
    usageBefore.length > 0 ? [{ session, life, usage: usageBefore }] : [],
  ),
});

const concluded = (verdict: Verdict | null) => ({
  cause: verdict?.cause ?? null,
  scope: verdict?.scope ?? null,
  confidence: verdict?.confidence ?? null,
  signal: verdict?.signal ? { name: verdict.signal.name, code: verdict.signal.number } : null,
  exitStatus: verdict?.exitStatus ?? null,
  actor: verdict ? actorIn(verdict) : null,
  summary: verdict?.summary ?? null,
  evidence: verdict?.evidence ?? [],
  missing: verdict?.missing ?? [],
});

export const whyDocument = (report: IncidentReport): WhyDocument => {
  const { incident, events, more } = report;
  const { shown, others } = deathsIn(report, null);
  const deaths = [...(shown ? [shown] : []), ...others];
  return {
    schema: 1,
    incident: incident.incident,
    at: incident.openedAt,
    sessions: incident.sessions,
    ...concluded(incident.verdict),
    deaths: deaths.map(inShort),
    preceded: precededIn(report, deaths),
    deeds: deedsIn(events),
    pattern: patternIn(report),
    ...{ server: incident.server, trace: incident.trace },
    acknowledged: incident.acknowledged ?? null,
    ...{ events, more },
  };
};
