import type { Failure } from '../../../agent/model/failure.ts';
import type { NotifierStatus } from '../../../agent/model/status/notifier-status.ts';
import type { AlertSettings } from '../../../agent/protocol/notifier.ts';
import { channelConfigs, configuredChannels } from '../channel/configured.ts';
import { createHttpClient } from '../channel/http.ts';
import type { Channel } from '../channel.ts';
import { createCredentials } from '../credentials/credentials.ts';
import { secretsIn } from '../credentials/secrets-in.ts';
import { readToken } from '../credentials/telegram-token.ts';
import type { Deadman } from './deadman.ts';
import { noTelegram, unreadable } from './no-telegram.ts';
import { openDeadman } from './open-deadman.ts';
import { openTelegram, type TelegramPorts, type TelegramSide } from './open-telegram.ts';
import { createReopened, type Opened } from './reopened.ts';

export interface OutsidePorts extends TelegramPorts {
  env: NodeJS.ProcessEnv;
  settings(): AlertSettings;
  /** These are all channels from now on. */
  onChannels(channels: Channel[]): void;
  canDoItsJob(): { ok: boolean; why: string };
}

interface ConfiguredChannels extends Opened {
  channels: Channel[];
}

/** Everything that talks to other machines, as the settings and credentials want it. */
export const openOutside = (ports: OutsidePorts) => {
  const { paths, env, say, now, settings, canDoItsJob } = ports;
  const credentials = createCredentials(env['CREDENTIALS_DIRECTORY'] || paths.credentialsDir || '');
  const http = createHttpClient({ env, now });
  const deadman = createReopened<Deadman>();
  const configured = createReopened<ConfiguredChannels>();
  const telegram = createReopened<TelegramSide>();
  let isStopped = false;

  const tell = (): void => {
    const paired = telegram.current()?.channels() ?? [];
    ports.onChannels([...(configured.current()?.channels ?? []), ...paired]);
  };

  const configureDeadman = (): void => {
    const { deadman: config } = settings().alerts;
    const pinging = { canDoItsJob, http, now, random: Math.random };
    deadman.want([config, secretsIn(config, credentials)], () =>
      openDeadman(config, credentials, pinging, say),
    );
  };

  const configureChannels = (): void => {
    const { alerts } = settings();
    const configs = channelConfigs(alerts);
    configured.want([configs, secretsIn(configs, credentials)], () => ({
      channels: configuredChannels(alerts, { credentials, http, now, env }),
      start: () => undefined,
      stop: async () => undefined,
    }));
  };

  /** Without a token, what is for those who are paired waits until there is one that can be read. */
  const openSide = (token: string | null, failure: Failure | null): TelegramSide => {
    if (failure) {
      say('error', 'the token of the Telegram bot cannot be used', { why: failure.message });
    }
    if (token === null) {
      return noTelegram(failure === null ? [] : unreadable(ports.outbox.database, failure));
    }
    const opened = openTelegram(token, settings(), ports);
    opened.onChannels(tell);
    return opened;
  };

  const configureTelegram = (): void => {
    const { alerts, host } = settings();
    const { token, failure } = readToken(credentials);
    telegram.want([token, failure?.message, alerts.telegram, host], () => openSide(token, failure));
  };

  return {
    /** Takes up new settings, and secrets that were changed; a repetition disturbs nothing. @throws where the disk does not take it */
    configure(): void {
      if (isStopped) return;
      configureDeadman();
      configureChannels();
      configureTelegram();
      tell();
    },
    status: (): Pick<NotifierStatus, 'telegram' | 'deadman'> => ({
      telegram: telegram.current()?.status() ?? null,
      deadman: deadman.current()?.status() ?? null,
    }),
    pairing: (): TelegramSide['pairing'] => (telegram.current() ?? noTelegram()).pairing,
    stop: async (): Promise<void> => {
      isStopped = true;
      await Promise.all([deadman.stop(), telegram.stop()]);
    },
  };
};
