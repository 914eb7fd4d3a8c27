import type { AlertSettings } from '../../../agent/protocol/notifier.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { Agent } from './line.ts';

const key = 'settings';

/** What was kept of the last run, for a start without the agent; null: nothing. */
export const keptSettings = (outbox: Outbox): AlertSettings | null => {
  const kept = outbox.fact(key);
  return kept === null ? null : JSON.parse(kept);
};

/** What the notifier works by. */
export const createSettings = (first: AlertSettings, outbox: Outbox) => {
  let settings = first;
  let text = JSON.stringify(first);
  outbox.keepFact(key, text);

  return {
    current: (): AlertSettings => settings,
    /** @returns whether they have changed. @throws Failure where the agent does not answer */
    async refresh(agent: Agent): Promise<boolean> {
      const asked = await agent.call('alert.settings', {});
      const now = JSON.stringify(asked);
      if (now === text) return false;
      [settings, text] = [asked, now];
      outbox.keepFact(key, now);
      return true;
    },
  };
};
