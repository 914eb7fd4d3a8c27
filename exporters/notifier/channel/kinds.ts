import { addressOf, needed } from '../credentials/address.ts';
import type { Credentials } from '../credentials/credentials.ts';
import { createCommand } from './command.ts';
import { type ChannelKind, channelKind } from './kind.ts';
import { createNtfy } from './ntfy.ts';
import { createWebhook } from './webhook.ts';

const secretOf = (name: string | null, credentials: Credentials): string | null =>
  name === null ? null : needed(credentials, name);

/** Every kind but Telegram, where people are paired; by the first part of the names of its channels. */
export const kinds: Readonly<Record<string, ChannelKind>> = {
  webhook: channelKind(
    'programs',
    ({ webhooks }) => webhooks,
    (name, config, { credentials, http, now }) => {
      const secret = secretOf(config.secretCredential, credentials);
      return createWebhook({ name, url: addressOf(config, credentials), secret }, { http, now });
    },
  ),
  ntfy: channelKind(
    'people',
    ({ ntfy }) => ntfy,
    (name, config, { credentials, http }) => {
      const token = secretOf(config.tokenCredential, credentials);
      return createNtfy({ name, url: addressOf(config, credentials), token }, http);
    },
  ),
  command: channelKind(
    'programs',
    ({ commands }) => commands,
    (name, { command }, { env }) => createCommand({ name, command, env }),
  ),
};
