import { Failure, messageOf } from '../../../agent/model/failure.ts';
import type { NotifierStatus } from '../../../agent/model/notifier-status.ts';
import type { AlertSettings } from '../../../agent/protocol/notifier.ts';
import { configuredChannels } from '../channel/configured.ts';
import { createHttpClient } from '../channel/http.ts';
import { createUnusable } from '../channel/unusable.ts';
import type { Channel } from '../channel.ts';
import { openPeople } from '../telegram/pairing/people.ts';
import type { Telegram } from '../telegram/room.ts';
import { addressOf } from './address.ts';
import { createCredentials } from './credentials.ts';
import { createDeadman, type Deadman } from './deadman.ts';
import { noTelegram, openTelegram, type TelegramPorts } from './open-telegram.ts';

export interface OutsidePorts extends TelegramPorts {
  env: NodeJS.ProcessEnv;
  settings(): AlertSettings;
  /** These are all channels from now on. */
  onChannels(channels: Channel[]): void;
  canDoItsJob(): { ok: boolean; why: string };
}

/** Everything that talks to other machines, as the settings and credentials want it. */
export const openOutside = (ports: OutsidePorts) => {
  const { paths, env, say, now, settings } = ports;
  const credentials = createCredentials(env['CREDENTIALS_DIRECTORY'] || paths.credentialsDir || '');
  const http = createHttpClient({ env, now });
  let deadman: Deadman | null = null;
  let configured: Channel[] = [];
  let telegram: Telegram | null = null;
  /** In the place of its channels while there is none. */
  let silenced: Channel[] = [];
  /** What each part was opened with: one that stays as it was goes on undisturbed. */
  const openedWith = new Map<string, string>();

  const hasChanged = (part: string, ...now: unknown[]): boolean => {
    const text = JSON.stringify(now);
    const changed = openedWith.get(part) !== text;
    openedWith.set(part, text);
    return changed;
  };

  /** The secrets that a part of the settings names, whatever they are called there. */
  const secretsIn = (part: unknown): (string | null)[] =>
    [...JSON.stringify(part).matchAll(/"\w*[cC]redential":"([^"]+)"/g)].map(([, name = '']) => {
      try {
        return credentials.read(name);
      } catch {
        return null;
      }
    });

  const openDeadman = (): Deadman | null => {
    const config = settings().alerts.deadman;
    if (!config) return null;
    try {
      const { intervalMs } = config;
      const { canDoItsJob } = ports;
      const wanted = { url: addressOf(config, credentials), intervalMs };
      return createDeadman(wanted, { canDoItsJob, http, now, random: Math.random });
    } catch (cause) {
      if (!(cause instanceof Failure)) throw cause;
      say('error', "the dead-man's switch cannot be used", { why: messageOf(cause) });
      return null;
    }
  };

  const tell = (): void => ports.onChannels([...configured, ...(telegram?.channels() ?? silenced)]);

  /** Where the token cannot be read, what is for those who are paired waits until it can. */
  const readToken = (): string | null => {
    silenced = [];
    try {
      return credentials.read('telegram-token');
    } catch (cause) {
      if (!(cause instanceof Failure)) throw cause;
      say('error', 'the token of the Telegram bot cannot be used', { why: messageOf(cause) });
      silenced = openPeople(ports.outbox.database)
        .list()
        .map(({ deliverTo }) => createUnusable(deliverTo, 'people', cause));
      return null;
    }
  };

  const configureTelegram = async (): Promise<void> => {
    const token = readToken();
    const { alerts, host } = settings();
    if (!hasChanged('telegram', token, alerts.telegram, host)) return;
    const before = telegram;
    telegram = token === null ? null : openTelegram(token, settings(), ports);
    telegram?.onChannels(tell);
    const opened = telegram;
    // Two that poll with one token would be in each other's way.
    await before?.stop();
    if (telegram === opened) opened?.start();
  };

  const configureDeadman = async (): Promise<void> => {
    const { deadman: config } = settings().alerts;
    if (!hasChanged('deadman', config, secretsIn(config))) return;
    const before = deadman;
    deadman = openDeadman();
    const opened = deadman;
    await before?.stop();
    if (deadman === opened) opened?.start();
  };

  const configureOthers = (): void => {
    const { webhooks, ntfy, commands } = settings().alerts;
    const others = { webhooks, ntfy, commands };
    if (!hasChanged('others', others, secretsIn(others))) return;
    configured = configuredChannels(settings().alerts, { credentials, http, now, env });
  };

  return {
    /** Takes up new settings. */
    configure(): void {
      void configureDeadman();
      configureOthers();
      void configureTelegram();
      tell();
    },
    status: (): Pick<NotifierStatus, 'telegram' | 'deadman'> => ({
      telegram: telegram?.status() ?? null,
      deadman: deadman?.status() ?? null,
    }),
    pairing: (): Telegram['pairing'] => telegram?.pairing ?? noTelegram(),
    stop: async (): Promise<void> => {
      await Promise.all([deadman?.stop(), telegram?.stop()]);
    },
  };
};
