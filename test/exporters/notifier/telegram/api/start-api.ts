import type { Test } from 'tap';
import { type ApiOptions, openApi } from '../../../../../exporters/notifier/telegram/api/api.ts';
import { TelegramFailure } from '../../../../../exporters/notifier/telegram/api/failure.ts';
import type { Fault } from '../../../../telegram/faults.ts';
import { createPhone } from '../../../../telegram/phone.ts';
import { startBotApi } from '../../../../telegram/server.ts';

/** The API of a bot upon a stand-in, and somebody who has written to it. */
export const startApi = async (t: Test, options: Partial<ApiOptions> = {}) => {
  const server = await startBotApi();
  const { token, root: apiRoot } = server;
  const api = openApi({ token, apiRoot, proxy: null, gapMs: 0, ...options });
  t.teardown(async () => {
    await api.close();
    await server.close();
  });
  const phone = createPhone(server, { id: 4711, name: 'Ada' });
  phone.send('/start');
  const send = (text = 'x') => api.call('sendMessage', { chat_id: 4711, text });
  return { server, api, phone, send };
};

/** Rejects where it did not fail. */
export const failureOf = async (call: Promise<unknown>): Promise<TelegramFailure> => {
  const error = await call.then(
    () => new Error('it did not fail'),
    (reason: unknown) => reason,
  );
  if (error instanceof TelegramFailure) return error;
  throw error;
};

/** An answer of the Bot API. */
export const error = (code: number, description: string): Fault => ({
  kind: 'error',
  code,
  description,
});
