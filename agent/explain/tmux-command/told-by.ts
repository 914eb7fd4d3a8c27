import type { Actor, EvidenceLine } from '../../model/events/incident.ts';
import { redactCommand } from '../../model/redaction.ts';
import { actorOf } from '../actor.ts';
import type { Evidence } from '../evidence.ts';
import { quoted, shortened, whoIs } from '../naming.ts';
import { factLine } from '../written/facts.ts';
import type { LoggedTeller } from './logged-teller.ts';

/** What a verdict says of the one who told tmux to do it, by the log of tmux. */
export interface ToldBy {
  /** For a sentence: `"…" (pid 31540), run by bash, at /dev/pts/3: "kill-session -t api"` */
  text: string;
  /** A pid or a name alone is only what the log says: anybody who may write to it may write any. */
  actor: Actor | null;
  lines: EvidenceLine[];
  missing: string[];
}

const clientText = ({ commands: [{ client }] }: LoggedTeller, evidence: Evidence): string => {
  if (!client) return 'a hook of tmux itself';
  const { name, pid, process, user } = client;
  const at = name.startsWith('/') ? ` at ${shortened(name, 40)}` : '';
  const by = user === null ? '' : ` of ${shortened(user, 40)}`;
  if (process) return `${whoIs(process, evidence)}${at}${by}`;
  return pid === null ? `a client${at}${by}` : `a client (pid ${pid})${at}${by}`;
};

const tellerText = (teller: LoggedTeller, evidence: Evidence): string => {
  const [{ name, args, key }] = teller.commands;
  const pressed = key === null ? '' : `, by the key ${shortened(key, 15)}`;
  return `${clientText(teller, evidence)}${pressed}: ${quoted(redactCommand([name, ...args]).text, 60)}`;
};

const missingOf = ({ isSaid }: LoggedTeller): string[] => [
  'the second of that command: the log of tmux is to the minute, and any client of it may write there',
  ...(isSaid ? [] : ['whether that command did it: it does not name the session in full']),
];

export const toldBy = (teller: LoggedTeller, evidence: Evidence): ToldBy => {
  const [{ client }] = teller.commands;
  return {
    text: tellerText(teller, evidence),
    actor: client?.process ? actorOf(client.process, evidence) : null,
    lines: teller.commands.slice(0, 20).map(factLine),
    missing: missingOf(teller),
  };
};
