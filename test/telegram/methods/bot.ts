import type { BotCommand } from '@grammyjs/types';
import { ApiError, badRequest } from '../api-error.ts';
import type { Method, Methods } from '../state.ts';
import type { Arguments } from './arguments.ts';

const conflict =
  "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first";

const readAllowed = (given: Arguments): string[] | undefined => {
  if (!given.has('allowed_updates')) return undefined;
  try {
    const types = given.json('allowed_updates', 'allowed updates');
    return Array.isArray(types) ? types.map((type) => String(type).toLowerCase()) : undefined;
  } catch {
    // The real server takes what it cannot read for nothing said.
    return undefined;
  }
};

const clamp = (value: number, least: number, most: number): number =>
  Math.min(most, Math.max(least, value));

const getUpdates: Method = (state, given, gone) => {
  if (state.webhook !== '') throw new ApiError(409, conflict);
  return state.queue.poll({
    offset: given.integer('offset'),
    limit: clamp(given.integer('limit', 100), 1, 100),
    timeout: Math.max(0, given.integer('timeout')),
    allowed: readAllowed(given),
    gone,
  });
};

/** The address is kept, so that getUpdates can refuse; nothing is sent to it. */
const setWebhook: Method = (state, given) => {
  const url = given.text('url');
  if (url !== '' && !url.startsWith('https://')) {
    throw badRequest('bad webhook: An HTTPS URL must be provided for webhook');
  }
  state.webhook = url;
  return true;
};

const deleteWebhook: Method = (state, given) => {
  state.webhook = '';
  if (given.flag('drop_pending_updates')) state.queue.clear();
  return true;
};

const getWebhookInfo: Method = (state) => ({
  ...{ url: state.webhook, has_custom_certificate: false },
  pending_update_count: state.queue.pending(),
});

const scopeOf = (given: Arguments): string =>
  `${given.text('scope') || '{"type":"default"}'} ${given.text('language_code')}`;

const checkCommand = (command: Partial<BotCommand>): BotCommand => {
  const name = String(command.command ?? '').replace(/^\//, '');
  if (!/^[a-z0-9_]{1,32}$/.test(name)) throw badRequest('BOT_COMMAND_INVALID');
  const description = String(command.description ?? '');
  if (description.length < 1 || description.length > 256) {
    throw badRequest('BOT_COMMAND_DESCRIPTION_INVALID');
  }
  return { command: name, description };
};

const setMyCommands: Method = (state, given) => {
  const commands = given.json('commands', 'commands') ?? [];
  if (!Array.isArray(commands)) throw badRequest('expected an Array of BotCommand');
  if (commands.length > 100) throw badRequest('BOT_COMMANDS_TOO_MUCH');
  state.commands.set(scopeOf(given), commands.map(checkCommand));
  return true;
};

export const bot: Methods = {
  getMe: ({ me }) => me,
  getUpdates,
  setWebhook,
  deleteWebhook,
  getWebhookInfo,
  setMyCommands,
  getMyCommands: (state, given) => state.commands.get(scopeOf(given)) ?? [],
  deleteMyCommands: (state, given) => {
    state.commands.delete(scopeOf(given));
    return true;
  },
  getFile: (state, given) => {
    const file = state.files.get(given.text('file_id'));
    if (file === undefined)
      throw badRequest('wrong file_id or the file is temporarily unavailable');
    const { fileId, bytes, kind } = file;
    const ids = { file_id: fileId, file_unique_id: `u${fileId}` };
    return { ...ids, file_size: bytes.length, file_path: `${kind}s/${fileId}` };
  },
};
