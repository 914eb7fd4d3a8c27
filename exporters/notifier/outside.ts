import { Failure, messageOf } from '../../agent/model/failure.ts';
import type { NotifierStatus } from '../../agent/model/notifier-status.ts';
import type { AlertSettings } from '../../agent/protocol/notifier.ts';
import { addressOf } from './address.ts';
import { configuredChannels } from './channel/configured.ts';
import { createHttpClient } from './channel/http.ts';
import type { Channel } from './channel.ts';
import { createCredentials } from './credentials.ts';
import { createDeadman, type Deadman } from './deadman.ts';
import { noTelegram, openTelegram, type TelegramPorts } from './open-telegram.ts';
import type { Telegram } from './telegram/room.ts';

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
  /** What it was opened with. */
  let openedWith = '';

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

  const tell = (): void => ports.onChannels([...configured, ...(telegram?.channels() ?? [])]);

  /** A secret that cannot be read is said, and what needs it is not there. */
  const readToken = (): string | null => {
    try {
      return credentials.read('telegram-token');
    } catch (cause) {
      say('error', 'the token of the Telegram bot cannot be used', { why: messageOf(cause) });
      return null;
    }
  };

  /** The bot stays as it is, unless something about it has changed. */
  const configureTelegram = (): void => {
    const token = readToken();
    const { alerts, host } = settings();
    const wanted = JSON.stringify([token, alerts.telegram, host]);
    if (wanted === openedWith) return;
    openedWith = wanted;
    const before = telegram?.stop();
    telegram = token === null ? null : openTelegram(token, settings(), ports);
    telegram?.onChannels(tell);
    const opened = telegram;
    // Two that poll with one token would be in each other's way.
    void Promise.resolve(before).then(() => telegram === opened && opened?.start());
  };

  return {
    /** Takes up new settings. */
    configure(): void {
      void deadman?.stop();
      deadman = openDeadman();
      deadman?.start();
      configured = configuredChannels(settings().alerts, { credentials, http, now, env });
      configureTelegram();
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
