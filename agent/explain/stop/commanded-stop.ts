import { loginNames } from '../asked/ask-words.ts';
import {
  asksToEndLogin,
  asksToKill,
  asksToKillLogin,
  asksToStop,
  signalAsked,
} from '../asked/asks.ts';
import { type CommandAsker, commandAsker } from '../asked/command-asker.ts';
import type { Evidence } from '../evidence.ts';
import { signalName } from '../signals.ts';
import { factLine } from '../written/facts.ts';
import { loginEndOf, loginEndText, usersOfLogins } from '../written/login.ts';
import { stopOf } from '../written/stop-job.ts';
import { stopped } from './asked-stop.ts';
import type { Stop, StopReason } from './stop-shapes.ts';

/** What logins and users are called, and that a user may do with his own as he likes. */
const ofLogins = (evidence: Evidence, units: readonly string[]) => {
  const { logins, users, uids } = loginNames(units, evidence.users);
  const written = usersOfLogins(evidence, logins);
  const names = { logins, users: new Set([...users, ...written]) };
  return { names, isOwner: (uid: number): boolean => uids.has(uid) };
};

const reasonBy = (
  { text, actor, line, isSure }: CommandAsker,
  cause: StopReason['cause'],
  what: string,
): StopReason => ({
  ...{ cause, text: `${what}, asked for by ${text}`, isCertain: isSure, actor },
  ...{
    lines: [line],
    missing: isSure ? [] : ['whether systemd obeyed who asked for that: his user was not seen'],
  },
});

/** The kernel told of a command that asks systemd or logind to send just this signal. */
export const byKillCommand = (
  evidence: Evidence,
  { units, at, signal }: Stop,
): StopReason | null => {
  const isSame = (command: string): boolean =>
    signal === null || signalAsked(command) === signalName(signal.number);
  const { names, isOwner } = ofLogins(evidence, units);
  const asker =
    commandAsker(evidence, {
      at,
      isAsking: (command) => asksToKill(command, units) && isSame(command),
    }) ??
    commandAsker(evidence, {
      ...{ at, isOwner },
      isAsking: (command) => asksToKillLogin(command, names) && isSame(command),
    });
  return asker && reasonBy(asker, 'signal', 'somebody had it sent');
};

const byUnitCommand = (evidence: Evidence, { units, at }: Stop): StopReason | null => {
  const job = stopOf(evidence, units, at);
  const asker = commandAsker(evidence, {
    at: job?.at ?? at,
    isAsking: (command) => asksToStop(command, units),
  });
  if (!asker) return null;
  const reason = reasonBy(asker, 'unit-stop', job ? stopped(job) : 'the unit was stopped');
  return { ...reason, lines: [...reason.lines, ...(job ? [factLine(job)] : [])] };
};

const byLoginCommand = (evidence: Evidence, { units, at }: Stop): StopReason | null => {
  const { names, isOwner } = ofLogins(evidence, units);
  const asker = commandAsker(evidence, {
    ...{ at, isOwner },
    isAsking: (command) => asksToEndLogin(command, names),
  });
  if (!asker) return null;
  const end = loginEndOf(evidence, units, at);
  const reason = reasonBy(asker, 'logout', end ? loginEndText(end) : 'the login ended');
  return { ...reason, lines: [...reason.lines, ...(end ? [factLine(end.fact)] : [])] };
};

/** The kernel told of a command that asks for the end of the unit, of what it is in, or of its login. */
export const byStopCommand = (evidence: Evidence, stop: Stop): StopReason | null =>
  byUnitCommand(evidence, stop) ?? byLoginCommand(evidence, stop);
