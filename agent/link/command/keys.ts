import type { Instance } from '../../model/events/server.ts';
import { runInInstance } from './in-instance.ts';

export const sendKeys = async (
  socket: string,
  instance: Instance,
  tmuxId: string,
  { text, enter }: { text: string; enter: boolean },
): Promise<void> => {
  const target = ['send-keys', '-t', `${tmuxId}:`];
  const keys = text === '' ? [] : [[...target, '-l', '--', text]];
  const commands = enter ? [...keys, [...target, 'Enter']] : keys;
  if (commands.length > 0) await runInInstance(socket, instance, commands);
};
