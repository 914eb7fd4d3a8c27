import type { EvidenceLine, Verdict } from '../../model/events/incident.ts';
import type { Evidence } from '../evidence.ts';
import { inOrder, line } from '../evidence-lines.ts';
import { minuteBeforeMs } from '../minute-before.ts';
import { spanOf } from '../moments.ts';
import type { Rule } from '../rule.ts';
import { type GoingDown, shutdownBetween } from '../stop/shutdown.ts';
import { sessionsText, verdict } from '../wording.ts';
import { factLine, factsOf } from '../written/facts.ts';

/** The first start of the machine after its sessions were seen: what was written down later is of another time. */
const startOf = (evidence: Evidence, from: number, until: number) =>
  factsOf(evidence, 'boot-record').find(
    ({ what, at }) => what === 'boot' && at >= from && at <= until,
  );

/** The shutdown that took these sessions, and what was written down of the start that followed it. */
const recordOf = (evidence: Evidence): { down: GoingDown | null; start: EvidenceLine[] } => {
  const { from: seen, until: found } = spanOf(evidence.deaths);
  const boot = startOf(evidence, seen, found);
  // They are seen for the last time when the machine is going down already, or a while before; a shutdown before they
  // were begun was another.
  const begun = Math.min(...evidence.deaths.map((death) => death.found - death.ageMs));
  const from = Math.max(seen - minuteBeforeMs, begun);
  const down = shutdownBetween(evidence, from, Math.min(found, boot?.at ?? found));
  return { down, start: boot ? [factLine(boot)] : [] };
};

const summary = (clean: boolean, down: GoingDown | null, count: number): string => {
  const rest = `${sessionsText(count)} ended with it`;
  if (down) return `the machine was ${down.what}${down.by}; ${rest}`;
  return clean
    ? `the machine was shut down and started again; ${rest}`
    : `the machine went down without stopping Holdfast first; ${rest}`;
};

const judged = (evidence: Evidence, clean: boolean): Verdict => {
  const { deaths, facts } = evidence;
  const { down, start } = recordOf(evidence);
  const at = deaths[0]?.found ?? 0;
  const isOrderly = clean || down !== null;
  const unknown = down || clean || !facts ? 'who or what took the machine down' : null;
  return verdict({
    cause: isOrderly ? 'shutdown' : 'host-crash',
    scope: 'host',
    confidence: isOrderly ? 'certain' : 'likely',
    summary: summary(clean, down, deaths.length),
    actor: down?.actor ?? null,
    evidence: [
      ...inOrder([...(down?.lines ?? []), ...start]),
      line(at, 'boot-id', 'the boot id is another than when the sessions were last seen'),
    ],
    missing: down?.isAsked
      ? []
      : [unknown ?? 'who or what took the machine down: nothing was written down of a shutdown'],
  });
};

export const reboot: Rule = {
  name: 'reboot',
  sentence:
    'The boot id changed: the machine went down with everything on it; in order, where Holdfast was told to stop or a shutdown was written down.',
  judge: (evidence) => (evidence.reboot ? judged(evidence, evidence.reboot.clean) : null),
};
