import type { Actor, Verdict } from '../../model/events/incident.ts';
import { redactCommand } from '../../model/redaction.ts';
import { actorOf } from '../actor.ts';
import type { Evidence, Rule } from '../evidence.ts';
import { exitLines } from '../exits.ts';
import { quoted, shortened, summaryOf, whoIs } from '../naming.ts';
import { tellerOf } from '../witnessed/client.ts';
import { endingOf } from '../witnessed/ending.ts';
import { isComplete } from '../witnessed/gaps.ts';
import { oneCause } from '../witnessed/one-cause.ts';
import { targetOf, witnessedVerdict } from '../witnessed/witnessed-verdict.ts';
import { sessionsText, verdict } from '../wording.ts';
import { type LoggedTeller, loggedTeller } from '../written/logged-teller.ts';
import { factLine } from '../written/of-kind.ts';
import { causeOf } from './cause-of.ts';

const clientText = ({ commands: [{ client }] }: LoggedTeller, evidence: Evidence): string => {
  if (!client) return 'a hook of tmux itself';
  const { name, pid, process, user } = client;
  const at = name.startsWith('/') ? ` at ${shortened(name, 40)}` : '';
  const by = user === null ? '' : ` of ${shortened(user, 40)}`;
  if (process) return `${whoIs(process, evidence)}${at}${by}`;
  return pid === null ? `a client${at}${by}` : `a client (pid ${pid})${at}${by}`;
};

/** `"…" (pid 31540), run by bash, at /dev/pts/3: "kill-session -t api"` */
const tellerText = (teller: LoggedTeller, evidence: Evidence): string => {
  const [{ name, args, key }] = teller.commands;
  const pressed = key === null ? '' : `, by the key ${shortened(key, 15)}`;
  return `${clientText(teller, evidence)}${pressed}: ${quoted(redactCommand([name, ...args]).text, 60)}`;
};

/** A pid or a name alone is only what the log says: anybody who may write to it may write any. */
const actorIn = ({ commands: [{ client }] }: LoggedTeller, evidence: Evidence): Actor | null => {
  return client?.process ? actorOf(client.process, evidence) : null;
};

const missingOf = ({ isSaid }: LoggedTeller): string[] => [
  'the second of that command: the log of tmux is to the minute, and any client of it may write there',
  ...(isSaid ? [] : ['whether that command did it: it names no session']),
];

const linesOf = ({ commands }: LoggedTeller) => commands.slice(0, 20).map(factLine);

const traced = (evidence: Evidence): Verdict | null => {
  const one = oneCause(evidence);
  if (one?.scope !== 'session' || causeOf(one.first, evidence) !== 'tmux-command') return null;
  if (tellerOf(one.first, one.told).certain) return null;
  const teller = loggedTeller(evidence);
  if (!teller) return null;
  return witnessedVerdict(one, {
    cause: 'tmux-command',
    summary: `tmux was told to remove ${targetOf(one)}, by ${tellerText(teller, evidence)}`,
    confidence: 'likely',
    actor: null,
    behind: actorIn(teller, evidence),
    lines: linesOf(teller),
    missing: missingOf(teller),
  });
};

/** The log names who gave a command, where the kernel tells that one was given. */
export const loggedClient: Rule = {
  name: 'logged-client',
  sentence:
    'The server closed the pane before its program ended, and its own log names one client that told it to in that minute.',
  judge: traced,
};

/** Without the kernel's word, the log alone tells. */
export const loggedCommand: Rule = {
  name: 'logged-command',
  sentence:
    "The server lives and recorded no end of the program, and its own log has one client's command for that in the same minute.",
  judge: (evidence) => {
    const { serverEnd, deaths, server } = evidence;
    if (serverEnd || deaths.length === 0 || deaths.some(({ exit }) => exit)) return null;
    if (endingOf(evidence) || isComplete(evidence)) return null;
    const teller = loggedTeller(evidence);
    // Of an adopted server nobody knows whether a program ended by itself.
    if (!teller || !(teller.isSaid || server.managed)) return null;
    const [{ session } = { session: '' }] = deaths;
    const what = deaths.length === 1 ? quoted(session) : sessionsText(deaths.length);
    return verdict({
      cause: 'tmux-command',
      confidence: teller.isSaid ? 'likely' : 'possible',
      summary: summaryOf(`tmux was told to remove ${what}, by ${tellerText(teller, evidence)}`),
      actor: actorIn(teller, evidence),
      evidence: [...linesOf(teller), ...exitLines(evidence)],
      missing: missingOf(teller),
    });
  },
};
