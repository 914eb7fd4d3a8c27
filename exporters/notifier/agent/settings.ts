import type { AlertSettings } from '../../../agent/protocol/notifier.ts';
import { documentText, readDocument, type Shape } from '../outbox/document.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { Agent } from './connection.ts';

const key = 'settings';

/** Of `AlertSettings` as they are kept. Older ones are not brought up to date: the agent has the present ones. */
const shape: Shape = { schema: 1, upgrades: {} };

/** What was kept of the last run, for a start without the agent; null: nothing, or nothing this release can read. */
export const keptSettings = (outbox: Outbox): AlertSettings | null => {
  const kept = outbox.fact(key);
  return kept === null ? null : (readDocument(kept, shape) as AlertSettings | null);
};

/** What the notifier works by. */
export const createSettings = (first: AlertSettings, outbox: Outbox) => {
  let settings = first;
  let text = documentText(first, shape);
  outbox.keepFact(key, text);

  return {
    current: (): AlertSettings => settings,
    /** @throws Failure where the agent does not answer, and where the disk does not take them */
    async refresh(agent: Agent): Promise<void> {
      const asked = await agent.call('alert.settings', {});
      const now = documentText(asked, shape);
      if (now === text) return;
      [settings, text] = [asked, now];
      outbox.keepFact(key, now);
    },
  };
};

export type Settings = ReturnType<typeof createSettings>;
