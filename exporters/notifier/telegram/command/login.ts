import {
  type BotNeeded,
  type BotStanding,
  botLabel,
  isBotOf,
} from '../../../../agent/model/bot/bot-needed.ts';
import type { BotRef } from '../../../../agent/model/events/bot.ts';
import type { BotContext } from '../bot/context.ts';
import type { Talk } from '../bot/talk.ts';
import { buttonData, sessionHash, type Target } from '../format/button-data.ts';
import type { Button } from '../format/keyboard.ts';
import { loginTexts } from '../texts/login.ts';

/** As its button has it: the session, and which bot of it where that alone does not say. */
const wholeName = ({ server, session }: BotRef): string => `${server}:${session}`;
const nameOfBot = (one: BotRef): string => `${wholeName(one)} ${one.bot}`;

const buttonOf = (need: BotNeeded): Button => ({
  text: botLabel(need),
  data: buttonData('login', { session: nameOfBot(need) }),
});

const answers = { 'is-shown': loginTexts.alreadyShown, 'too-many': loginTexts.tooMany } as const;

/** Only ever to the person who asks, wherever he does. */
const showTo = async (context: BotContext, talk: Talk, need: BotNeeded): Promise<void> => {
  const outcome = await context.logins.open(talk.remote.user, need);
  if (outcome !== 'shown') await talk.toast(answers[outcome]);
};

const choose = async (
  context: BotContext,
  talk: Talk,
  { needs, bots, name }: { needs: BotNeeded[]; bots: BotStanding[]; name: string },
): Promise<void> => {
  const [only] = needs;
  if (only !== undefined && needs.length === 1) return showTo(context, talk, only);
  if (only !== undefined) return talk.say(loginTexts.which, needs.map(buttonOf));
  if (bots.length > 0) return talk.say(loginTexts.needsNobody(bots));
  await talk.say(name === '' ? loginTexts.noBots : loginTexts.noBot(name));
};

/** Of one name, or else of those that begin so. */
const named = <B extends BotRef>(all: readonly B[], name: string): B[] => {
  const exact = all.filter((one) => isBotOf(one, name));
  if (exact.length > 0) return exact;
  const start = name.toLowerCase();
  return all.filter(({ session }) => session.toLowerCase().startsWith(start));
};

/** @param given NAME or SERVER:NAME; empty: of whichever bot waits for somebody */
export const login = async (context: BotContext, talk: Talk, given: string): Promise<void> => {
  const { needs, bots } = await context.agent.call('bot.needs', {});
  if (given === '') return choose(context, talk, { needs, bots: [], name: given });
  // Of a session that is meant exactly nobody else's bot is shown, whether it needs somebody or not.
  const known = named([...bots, ...needs], given);
  const isMeant = (one: BotRef): boolean =>
    known.some((other) => nameOfBot(other) === nameOfBot(one));
  await choose(context, talk, {
    ...{ needs: needs.filter(isMeant), bots: bots.filter(isMeant), name: given },
  });
};

export const pressLogin = async (
  context: BotContext,
  talk: Talk,
  { session: hash }: Target,
): Promise<void> => {
  const { needs, bots } = await context.agent.call('bot.needs', {});
  const isMeant = (one: BotRef): boolean =>
    sessionHash(wholeName(one)) === hash || sessionHash(nameOfBot(one)) === hash;
  await choose(context, talk, {
    needs: needs.filter(isMeant),
    bots: bots.filter(isMeant),
    name: '',
  });
};
