import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Test } from 'tap';
import {
  type LastResort,
  writeLastResort,
} from '../../../../exporters/notifier/last-resort/settings.ts';
import { type BotApi, startBotApi } from '../../../telegram/server.ts';

export interface Place {
  api: BotApi;
  /** As systemd gives it. */
  env: { STATE_DIRECTORY: string; CREDENTIALS_DIRECTORY: string };
  settings: LastResort;
  write(more?: Partial<LastResort>): void;
}

export const unit = 'holdfast-agent.service';

/** A Bot API with two people in it, who are paired, and the directories of the unit. */
export const makePlace = async (t: Test): Promise<Place> => {
  const api = await startBotApi();
  t.teardown(() => api.close());
  for (const [id, name] of [
    [4711, 'Ada'],
    [12, 'Bob'],
  ] as const) {
    api.state.chats.meet({ id, is_bot: false, first_name: name });
  }
  const directory = mkdtempSync(join(tmpdir(), 'hfl-'));
  t.teardown(() => rmSync(directory, { recursive: true, force: true }));
  writeFileSync(join(directory, 'telegram-token'), `${api.token}\n`, { mode: 0o600 });
  const settings = { apiRoot: api.root, proxy: null, chats: ['4711', '12'], host: 'vps-1' };
  const write = (more: Partial<LastResort> = {}): void =>
    writeLastResort(directory, { ...settings, ...more });
  write();
  return {
    ...{ api, settings, write },
    env: { STATE_DIRECTORY: directory, CREDENTIALS_DIRECTORY: directory },
  };
};
