import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Test } from 'tap';
import type { StatusDocument } from '../../../agent/model/status/status.ts';
import type { PairingCode } from '../../../agent/protocol/notifier.ts';
import { runCli } from '../../agent/cli/run-cli.ts';
import { makePlace, type Place, startUp, untilLine } from '../../agent/cli/running-up.ts';
import { eventually } from '../../e2e/sampled.ts';
import { createPhone, lastOrder, type Phone, startWith } from '../../telegram/phone.ts';
import { type BotApi, startBotApi } from '../../telegram/server.ts';

/** Holdfast in a home of its own with a stand-in for the Bot API, and Ada, who is paired. */
export interface Ground {
  place: Place;
  api: BotApi;
  ada: Phone;
  eve: Phone;
  /** A sub-command with `--json`, parsed. */
  ask<T>(...args: string[]): Promise<T>;
  status(): Promise<StatusDocument>;
  pair(): Promise<void>;
}

const limitMs = 60_000;

const configuration = (api: BotApi): string =>
  JSON.stringify({
    recovery: { maxRestarts: 100, firstWait: '10ms', longestWait: '10ms' },
    sessions: { 'worker-1': { command: 'while date; do sleep 1; done' } },
    alerts: { telegram: { api: api.root } },
  });

const prepare = ({ home }: Place, api: BotApi): void => {
  mkdirSync(join(home, 'etc/credentials'), { recursive: true, mode: 0o700 });
  writeFileSync(join(home, 'etc/credentials/telegram-token'), `${api.token}\n`, { mode: 0o600 });
  writeFileSync(join(home, 'etc/holdfast.yaml'), configuration(api));
};

export const makeGround = async (t: Test): Promise<Ground> => {
  const api = await startBotApi();
  t.teardown(() => api.close());
  const place = makePlace(t);
  prepare(place, api);
  const up = startUp(t, place, '--no-exporter', '--json');
  await untilLine(up.lines, /"supervising"/);

  const ask = async <T>(...args: string[]): Promise<T> => {
    const { stdout, stderr } = await runCli([...args, '--home', place.home, '--json']);
    if (stdout === '') throw new Error(`holdfast ${args.join(' ')}: ${stderr}`);
    return JSON.parse(stdout.split('\n')[0] ?? '');
  };
  const status = () => ask<StatusDocument>('status');
  const ada = createPhone(api, { id: 4711, name: 'Ada' });
  const eve = createPhone(api, { id: 666, name: 'Eve' });

  const pair = async (): Promise<void> => {
    const { code } = await eventually('a code', () =>
      ask<PairingCode>('pair').catch(() => undefined),
    );
    const after = lastOrder(api);
    ada.send(startWith(code));
    await ada.until('the welcome', /You are paired/, { after, limitMs });
    await eventually('her channel', async () => {
      const channels = (await status()).notifier?.channels ?? [];
      return channels.some((channel) => channel.status === 'ok') || undefined;
    });
  };
  await pair();
  return { place, api, ada, eve, ask, status, pair };
};
