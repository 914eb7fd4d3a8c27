import { chmodSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NotifierStatus } from '../../../agent/model/status/notifier-status.ts';
import { eventually } from '../../e2e/sampled.ts';
import { retryAfter } from '../../telegram/faults.ts';
import type { Ground } from './ground.ts';

/** Bot API's words. */
const unauthorized = { kind: 'error', code: 401, description: 'Unauthorized' } as const;

/** How long Telegram asks to wait: long enough to be looked at, seconds. */
const askedSeconds = 20;

/** What brings about the troubles the runbook speaks of, by the words that stand in it. */
export const scenesFor = ({ api, ada, eve, place, ask, status, pair }: Ground) => {
  const notifier = (): Promise<NotifierStatus | null> =>
    status().then((document) => document.notifier ?? null);

  const untilNotifier = (what: string, looks: (status: NotifierStatus) => boolean) =>
    eventually(what, async () => {
      // It says how it is when its settings are read again, and need not be waited for.
      await ask('reload');
      const found = await notifier();
      return (found && looks(found)) || undefined;
    });

  const channelIs = (word: string) =>
    untilNotifier(`a channel that is ${word}`, ({ channels }) =>
      channels.some((channel) => channel.status === word),
    );

  const pollingIs = (word: string) =>
    untilNotifier(`polling: ${word}`, ({ telegram }) => telegram?.polling === word);

  /** The poll that goes on ends with an update, and the next one meets what is new. */
  const endPoll = (): void => void eve.send('hello');

  const killWorker = async (): Promise<void> => {
    const pid = await eventually('the program of worker-1', () => {
      try {
        return Number(
          place.tmux(place.managed, 'list-panes', '-t', '=worker-1:', '-F', '#{pane_pid}'),
        );
      } catch {
        return undefined;
      }
    });
    const told = (await ask<{ alerts: unknown[] }>('alerts')).alerts.length;
    process.kill(pid, 'SIGKILL');
    await eventually('an alert', async () => {
      const { alerts } = await ask<{ alerts: { status: string }[] }>('alerts');
      return alerts.length > told || alerts.some((alert) => alert.status === 'firing') || undefined;
    });
  };

  const killNotifier = async (between: () => void = () => {}): Promise<void> => {
    const before = (await notifier())?.pid ?? 0;
    between();
    process.kill(before, 'SIGKILL');
    await untilNotifier('a new one', ({ pid }) => pid !== before);
  };

  const remove = (): Promise<unknown> => ask('pair', '--remove', String(ada.person.id));

  return {
    'the notifier is killed': () => killNotifier(),
    'everybody may read the token': async () => {
      chmodSync(join(place.home, 'etc/credentials/telegram-token'), 0o644);
      await untilNotifier('no bot', ({ telegram }) => telegram === null);
    },
    'the token is read again': () => channelIs('ok'),
    'Ada is removed': async () => {
      await remove();
      await untilNotifier('nobody', ({ channels }) => channels.length === 0);
    },
    'Ada is paired': pair,
    'worker-1 is silenced, and dies': async () => {
      await ask('silence', 'worker-1', '--for', '1h', '--reason', 'a new release');
      await killWorker();
      // Nobody is told while the verdict may come.
      await eventually('the reason', async () => {
        const { alerts } = await ask<{ alerts: { channels: object }[] }>('alerts');
        return (
          alerts.some(({ channels }) => Object.values(channels).includes('silenced')) || undefined
        );
      });
    },
    'the token is revoked': async () => {
      api.faults.always('*', unauthorized);
      endPoll();
      await pollingIs('unauthorized');
    },
    'the right token is there': async () => api.faults.clear(),
    'a webhook is set': async () => {
      api.state.webhook = 'https://example.org/bot';
      endPoll();
      await pollingIs('conflict');
    },
    'another program asks for the messages': async () => {
      // As often as it can: a machine may take longer to read the page than it takes to ask again.
      api.faults.always('getUpdates', { kind: 'error', code: 409 });
      endPoll();
      await pollingIs('conflict');
    },
    'the other program is out': async () => {
      api.faults.clear();
      await killNotifier();
    },
    'Ada blocks the bot, and worker-1 dies': async () => {
      ada.block();
      await killWorker();
      await channelIs('failed');
    },
    'Ada unblocks the bot': async () => ada.unblock(),
    'Telegram asks to wait, and worker-1 dies': async () => {
      api.faults.always('sendMessage', retryAfter(askedSeconds));
      await killWorker();
      await channelIs('waiting');
    },
    'Telegram does not ask to wait any more': async () => api.faults.clear(),
    'Telegram cannot be reached': () => api.goDown(),
    'Telegram can be reached again': () => api.comeUp(),
    'a stranger asks for the status': async () => {
      eve.send('/status');
    },
    'the outbox is damaged': () =>
      killNotifier(() => {
        const file = join(place.home, 'state/notifier/outbox.db');
        for (const suffix of ['-wal', '-shm']) rmSync(`${file}${suffix}`, { force: true });
        writeFileSync(file, 'This is no database. '.repeat(500));
      }),
  } satisfies Record<string, () => Promise<unknown>>;
};
