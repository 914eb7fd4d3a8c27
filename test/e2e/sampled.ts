import { setTimeout as wait } from 'node:timers/promises';
import type { Rig } from './rig.ts';

/** Samples are no events, so nobody announces them; this is how often they are asked for, ms. */
const askEveryMs = 100;

const limitMs = 60_000;

/** Resolves with what `look` finds in the world, asked again until it finds something. */
export const eventually = async <T>(
  what: string,
  look: () => Promise<T | undefined> | T | undefined,
): Promise<T> => {
  const deadline = Date.now() + limitMs;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > deadline) throw new Error(`${what} did not come in ${limitMs} ms`);
    await wait(askEveryMs);
  }
};

/** Resolves when every server was listed twice more, and so its screens, memory and pressure were taken. */
export const untilSampled = async (rig: Rig): Promise<void> => {
  const { totals, servers } = await rig.client.call('status', {});
  const enough = totals.resyncs + 2 * servers.length + 2;
  await eventually('samples', async () => {
    const now = await rig.client.call('status', {});
    const measured = now.host !== null && now.sessions.every(({ rssBytes }) => rssBytes > 0);
    return now.totals.resyncs >= enough && measured ? true : undefined;
  });
};
