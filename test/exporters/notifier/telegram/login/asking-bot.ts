import type { Test } from 'tap';
import type { BotNeeded, BotStanding } from '../../../../../agent/model/bot/bot-needed.ts';
import type { Accepted } from '../../../../telegram/ledger.ts';
import { lastOrder, type Phone } from '../../../../telegram/phone.ts';
import { openScene, type Scene, type SceneOptions } from '../scene.ts';

export const secret = '2@secret-that-logs-in';

export const needOf = (more: Partial<BotNeeded> = {}): BotNeeded => ({
  ...{ session: 'wa', server: 'main', life: 'boot/1', bot: '', kind: 'qr', text: secret, at: 1 },
  ...more,
});

export const standingOf = ({ session, server, life, bot }: BotNeeded): BotStanding => ({
  ...{ session, server, life, bot, state: 'needs-login' },
});

/** What the agent says of bots; a test changes it as it goes. */
export interface Asking {
  needs: BotNeeded[];
  bots: BotStanding[];
}

export interface AskingScene extends Scene {
  asking: Asking;
  /** Asks for what logs a bot in. @returns the message, when it is in it */
  look(phone: Phone, text?: string): Promise<Accepted>;
  /** The bot is ready, and asks for nothing. */
  ready(): void;
}

/** A scene in which a bot asks to be logged in, looked at every few milliseconds. */
export const openAsking = async (
  t: Test,
  needs: BotNeeded[] = [needOf()],
  { loginTimes, ...options }: SceneOptions = {},
): Promise<AskingScene> => {
  const scene = await openScene(t, { ...options, loginTimes: { lookMs: 10, ...loginTimes } });
  const asking: Asking = { needs, bots: needs.map(standingOf) };
  scene.answers['bot.needs'] = () => structuredClone(asking);
  return Object.assign(scene, {
    asking,
    look: (phone: Phone, text = '/login wa') => {
      const after = lastOrder(scene.api);
      phone.send(text);
      return phone.until(text, /^Needs you: /, { after });
    },
    ready: () => {
      asking.needs = [];
      asking.bots = asking.bots.map((bot) => ({ ...bot, state: 'ready' as const }));
    },
  });
};
