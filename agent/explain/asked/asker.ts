import type { Actor, EvidenceLine } from '../../model/events/incident.ts';
import { cutToJson } from '../../model/json-size.ts';
import { slackMs } from '../clock-slack.ts';
import type { Evidence } from '../evidence.ts';
import { quoted, shortened } from '../naming.ts';
import { type FactOf, factLine, factsOf, isBetween } from '../written/facts.ts';

/** Who asked systemd or logind for something. */
export interface Asker {
  /** For a sentence: `deploy through sudo: "systemctl stop web"`. */
  text: string;
  /** Null: no process is known. */
  actor: Actor | null;
  line: EvidenceLine;
}

/** systemd begins a job at once; a unit ordered after this one may keep it waiting. ms */
export const asksWithinMs = 10_000;

/** polkit's name for stopping units and having signals sent to them: the first systemd does it for whom that is allowed. */
export const isManageUnits = (action: string): boolean =>
  action === 'org.freedesktop.systemd1.manage-units';

const maxCommand = 400;

const bySudo = (fact: FactOf<'run-as'>, { users = {} }: Evidence): Asker => {
  const { uid, pid, command } = fact;
  const user = users[uid] ?? null;
  return {
    text: `${user === null ? `uid ${uid}` : shortened(user, 40)} through sudo: ${quoted(command, 80)}`,
    actor: {
      ...{ pid, comm: 'sudo', cmdline: cutToJson(command, maxCommand), uid, user },
      ...{ unit: null, session: null, ancestry: [] },
    },
    line: factLine(fact),
  };
};

const byPolkit = (fact: FactOf<'authorization'>): Asker => ({
  text: `${shortened(fact.owner, 40)}, whom polkit allowed it: ${quoted(fact.command, 80)}`,
  actor: null,
  line: factLine(fact),
});

/** Whether something came so soon before what was done at `at` that it may have asked for that. */
export const mayAskFor = (at: number) => isBetween(at - asksWithinMs, at + slackMs);

/** Commands as root that ask for what was done at `at`, as sudo wrote them down. */
export const rootCommands = (
  evidence: Evidence,
  at: number,
  isAsking: (command: string) => boolean,
): FactOf<'run-as'>[] =>
  factsOf(evidence, 'run-as')
    .filter(mayAskFor(at))
    .filter(({ asUser, command }) => asUser === 'root' && isAsking(command));

/** What polkit allowed for it, to whomever. @param isAction whether that is its name for it */
export const allowances = (
  evidence: Evidence,
  at: number,
  isAsking: (command: string) => boolean,
  isAction: (action: string) => boolean,
): FactOf<'authorization'>[] =>
  factsOf(evidence, 'authorization')
    .filter(mayAskFor(at))
    .filter(({ granted, action }) => granted && isAction(action))
    .filter(({ command }) => isAsking(command));

/**
 * The one who asked for what was done at `at`, by a command that was written down and asks for it. Of two that may it is
 * nobody.
 * @param action polkit's name of what is asked for
 */
export const askerOf = (
  evidence: Evidence,
  at: number,
  isAsking: (command: string) => boolean,
  isAction: (action: string) => boolean,
): Asker | null => {
  const sudo = rootCommands(evidence, at, isAsking).map((fact) => bySudo(fact, evidence));
  const polkit = allowances(evidence, at, isAsking, isAction).map(byPolkit);
  const [asker, ...others] = [...sudo, ...polkit];
  return asker && others.length === 0 ? asker : null;
};

/** Who had a unit stopped, or a signal sent to it. @param isAsking whether a command asks for that */
export const stopAsker = (
  evidence: Evidence,
  at: number,
  isAsking: (command: string) => boolean,
): Asker | null => askerOf(evidence, at, isAsking, isManageUnits);
