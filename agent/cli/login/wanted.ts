import type { BotNeeded, BotStanding } from '../../model/bot/bot-needed.ts';
import { loginCommand } from '../../model/bot/needs-you.ts';
import type { BotRef } from '../../model/events/bot.ts';
import { Failure } from '../../model/failure.ts';
import { printable } from '../../model/text/printable.ts';
import { shellWord } from '../../model/text/shell-word.ts';

export interface Answer {
  needs: readonly BotNeeded[];
  bots: readonly BotStanding[];
}

/** The command that means this bot alone. */
const commandFor = ({ server, session, bot }: BotRef): string =>
  `${loginCommand(`${server}:${session}`)}${bot === '' ? '' : ` --bot ${shellWord(printable(bot))}`}`;

const nothing = (bots: readonly BotStanding[], name: string): Failure => {
  if (bots.length === 0)
    return new Failure('no-bot', `no bot of "${name}" is heard: docs/guides/heartbeats.md`);
  const states = bots.map(({ bot, state }) => `${bot === '' ? 'its bot' : bot} is ${state}`);
  return new Failure('needs-nothing', `"${name}" needs nobody: ${states.join(', ')}`);
};

/**
 * The one that waits for somebody.
 * @param bot its name among those of its session; undefined: whichever it is
 * @throws Failure `no-bot`, `needs-nothing`, `several-bots`
 */
export const wantedNeed = (
  { needs, bots }: Answer,
  name: string,
  bot: string | undefined,
): BotNeeded => {
  const isMeant = (one: BotRef): boolean => bot === undefined || one.bot === bot;
  const [only, ...more] = needs.filter(isMeant);
  if (only === undefined) throw nothing(bots.filter(isMeant), name);
  if (more.length === 0) return only;
  const commands = [only, ...more].map(commandFor).join('; ');
  throw new Failure('several-bots', `several wait for somebody: ${commands}`);
};
