import { Bot } from 'grammy';
import type { Test } from 'tap';
import { type BotApi, type BotApiOptions, startBotApi } from './server.ts';

/** A server for one test, and the client of grammY as a bot has it. */
export const startForTest = async (
  t: Test,
  options: BotApiOptions = {},
): Promise<{ api: BotApi; bot: Bot }> => {
  const api = await startBotApi(options);
  t.teardown(() => api.close());
  return { api, bot: new Bot(api.token, { client: { apiRoot: api.root } }) };
};

/** Lets the bot poll until the test ends. */
export const poll = (t: Test, bot: Bot): void => {
  const done = bot.start({ timeout: 30 });
  t.teardown(async () => {
    await bot.stop();
    await done;
  });
};
