import type { SourceFact } from '../../model/source-fact.ts';
import type { SeenProcess, WitnessedSignal } from '../../model/witnessed.ts';
import type { Evidence } from '../evidence.ts';
import { signalNumber } from '../signals.ts';
import { unitOfSocket } from '../unit.ts';
import { type FactOf, factsOf } from '../written/facts.ts';
import type { Told } from './told.ts';

const unseen = {
  ...{ startTime: null, cmdline: null, seenBy: null, uid: null, loginUid: null },
  ...{ auditSession: null, cgroup: null, ancestry: [] },
} as const;

const sent = { code: 0, toGroup: true, result: 'delivered', caught: null } as const;

/** A parent is worth telling where it is one that we know. */
const senderOf = ({ sender }: FactOf<'audited-signal'>, { panes = {} }: Evidence): SeenProcess => {
  const { pid, ppid, comm, cmdline, uid, loginUid, auditSession } = sender;
  const isPane = ppid !== null && panes[ppid] !== undefined;
  return {
    ...unseen,
    ...{ pid, comm, cmdline, seenBy: cmdline === null ? null : 'proc' },
    ...{ uid, loginUid, auditSession },
    ancestry: isPane ? [{ pid: ppid, startTime: null, comm: '', cmdline: null, seenBy: null }] : [],
  };
};

/** Where a victim was: of a managed server its unit is known by its socket. */
const cgroupOf = (pid: number, { server }: Evidence): string | null => {
  const unit = unitOfSocket(server.socket);
  return unit !== null && pid === server.instance?.pid ? `/${unit}` : null;
};

const ofAudit = (fact: FactOf<'audited-signal'>, evidence: Evidence): WitnessedSignal[] =>
  fact.victims.map(({ pid, comm }) => ({
    ...{ ...sent, at: fact.at, signal: fact.signal, sender: senderOf(fact, evidence) },
    victim: { ...unseen, pid, comm, cgroup: cgroupOf(pid, evidence) },
  }));

const systemd: SeenProcess = { ...unseen, pid: 1, comm: 'systemd', uid: 0, cgroup: '/init.scope' };

const ofManager = (fact: FactOf<'unit-signal'>): WitnessedSignal[] => {
  const signal = signalNumber(fact.signal);
  const victim = { ...unseen, pid: fact.pid, comm: fact.comm, cgroup: `/${fact.unit}` };
  return signal === null ? [] : [{ ...sent, at: fact.at, signal, sender: systemd, victim }];
};

/** Signals that others wrote down, as if they had been witnessed, and the fact each is from. */
export const writtenSignals = (
  evidence: Evidence,
): { told: Told; factOf(signal: WitnessedSignal): SourceFact | undefined } | null => {
  const facts = new Map<WitnessedSignal, SourceFact>();
  for (const fact of factsOf(evidence, 'audited-signal')) {
    for (const signal of ofAudit(fact, evidence)) facts.set(signal, fact);
  }
  for (const fact of factsOf(evidence, 'unit-signal')) {
    for (const signal of ofManager(fact)) facts.set(signal, fact);
  }
  if (facts.size === 0) return null;
  const signals = [...facts.keys()].toSorted((a, b) => a.at - b.at);
  const told: Told = {
    ...evidence,
    testimony: { signals, since: 0, lost: [], ooms: [], clients: [], method: 'proc' },
  };
  return { told, factOf: (signal) => facts.get(signal) };
};
