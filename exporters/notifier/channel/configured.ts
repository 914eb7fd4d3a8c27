import type { AlertsConfig } from '../../../agent/model/config/config.ts';
import { Failure } from '../../../agent/model/failure.ts';
import type { Channel } from '../channel.ts';
import { addressOf, needed } from '../outside/address.ts';
import type { Credentials } from '../outside/credentials.ts';
import { createCommand } from './command.ts';
import type { HttpClient } from './http.ts';
import { createNtfy } from './ntfy.ts';
import { createUnusable } from './unusable.ts';
import { createWebhook } from './webhook.ts';

export interface ChannelPorts {
  credentials: Credentials;
  http: HttpClient;
  now: () => number;
  env: NodeJS.ProcessEnv;
}

const orUnusable = (
  name: string,
  audience: Channel['audience'],
  create: () => Channel,
): Channel => {
  try {
    return create();
  } catch (cause) {
    if (cause instanceof Failure) return createUnusable(name, audience, cause);
    throw cause;
  }
};

/** Every channel of the configuration but Telegram. Secrets are read now. Never throws a Failure. */
export const configuredChannels = (
  { webhooks, ntfy, commands }: Pick<AlertsConfig, 'webhooks' | 'ntfy' | 'commands'>,
  { credentials, http, now, env }: ChannelPorts,
): Channel[] => {
  const secretOf = (name: string | null) => (name === null ? null : needed(credentials, name));
  return [
    ...Object.entries(webhooks).map(([name, config]) =>
      orUnusable(`webhook:${name}`, 'programs', () => {
        const secret = secretOf(config.secretCredential);
        return createWebhook({ name, url: addressOf(config, credentials), secret }, { http, now });
      }),
    ),
    ...Object.entries(ntfy).map(([name, config]) =>
      orUnusable(`ntfy:${name}`, 'people', () => {
        const token = secretOf(config.tokenCredential);
        return createNtfy({ name, url: addressOf(config, credentials), token }, http);
      }),
    ),
    ...Object.entries(commands).map(([name, { command }]) => createCommand({ name, command, env })),
  ];
};
