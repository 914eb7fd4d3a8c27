import type { DeathRecord } from '../../model/events/death.ts';
import { allKnown } from '../all-known.ts';
import { slackMs } from '../clock-slack.ts';
import type { Evidence } from '../evidence.ts';
import { type FactOf, factsOf } from '../written/facts.ts';
import { type Ability, abilityOfCommand, namesSession, saying, targetOf } from './ability.ts';
import { asKillWindow } from './ending-command.ts';

type Command = FactOf<'tmux-command'>;

/** A command, and what it can have done. */
interface Given {
  command: Command;
  ability: Ability;
}

/** Who had tmux take sessions away, by its own log. */
export interface LoggedTeller {
  /** The last of its commands for each session, each once; all are of one client. */
  commands: [Command, ...Command[]];
  /** Whether each of them names its session, or is of a client that showed it. */
  isSaid: boolean;
}

/** A command without a target is for the session that its client shows. */
const abilityOf = ({ name, args, client }: Command, death: DeathRecord): Ability => {
  const ability = abilityOfCommand(asKillWindow({ name, args }), { death });
  if (ability !== 'may' || targetOf(args) !== null || client?.shows == null) return ability;
  return namesSession(client.shows, death);
};

/** It was given in a minute of which some may be the time of the end. */
const isNear = ({ at, until }: Command, { lastSeen, found }: DeathRecord): boolean =>
  at <= found + slackMs && until >= Math.min(lastSeen, found) - slackMs;

/** A managed server removes panes that ended by a hook of ours. */
const isOurs = ({ client, name }: Command, { server }: Evidence): boolean =>
  server.managed && client === null && name === 'kill-pane';

/** Of several clients that may have done it, it is nobody. */
const commandFor = (death: DeathRecord, evidence: Evidence): Given | null => {
  const able = factsOf(evidence, 'tmux-command')
    .filter((fact) => fact.server === death.server && isNear(fact, death))
    .filter((fact) => !isOurs(fact, evidence))
    .map((fact): Given => ({ command: fact, ability: abilityOf(fact, death) }))
    .filter(({ ability }) => ability !== 'cannot');
  const said = saying(able);
  const chosen = said.length > 0 ? said : able;
  const clients = new Set(chosen.map(({ command: { client } }) => client?.name ?? null));
  return clients.size === 1 ? (chosen.at(-1) ?? null) : null;
};

/** The one client that by the log of tmux took all of these sessions away; null: none, or several come into question. */
export const loggedTeller = (evidence: Evidence): LoggedTeller | null => {
  const found = allKnown(evidence.deaths.map((death) => commandFor(death, evidence)));
  const [first, ...others] = new Set(found?.map(({ command }) => command));
  if (!found || !first) return null;
  if (others.some(({ client }) => client?.name !== first.client?.name)) return null;
  return { commands: [first, ...others], isSaid: found.every(({ ability }) => ability === 'says') };
};
