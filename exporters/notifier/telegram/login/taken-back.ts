import { messageOf } from '../../../../agent/model/failure.ts';
import type { Say } from '../../process-log.ts';
import type { TelegramApi } from '../api/api.ts';
import { TelegramFailure } from '../api/failure.ts';
import type { Memory } from '../memory.ts';

export interface TakenBackPorts {
  api: Pick<TelegramApi, 'call' | 'botId'>;
  /** Keeps where they are, so that another process finds them, and never what is in them. */
  memory: Memory;
  say: Say;
}

/** Messages that must not stay in a chat. */
export interface TakenBack {
  /** It is there, and to be taken back some time. @returns whether that outlives this process */
  add(chat: string, message: number): boolean;
  /** Takes it back; what cannot be reached now, `sweep` tries again. Never throws. */
  remove(chat: string, message: number): Promise<void>;
  /** Takes back what an earlier process left, and what failed before. Never throws. */
  sweep(): Promise<void>;
}

/** More than people have open at a time; what is forgotten of more is what was sent first. */
const mostKept = 100;

const form = /^(-?\d{1,20})\/(\d{1,16})$/;

const idOf = (chat: string, message: number): string => `${chat}/${message}`;

/** It is gone, or nothing will ever take it away: another attempt is of no use. */
const isFinal = (error: unknown): boolean =>
  error instanceof TelegramFailure && (error.status === 400 || error.status === 403);

export const createTakenBack = ({ api, memory, say }: TakenBackPorts): TakenBack => {
  const key = `to be taken back ${api.botId}`;
  const there = new Set<string>();
  const due = new Set((memory.get(key) ?? '').split(' ').filter((id) => form.test(id)));

  const keep = (): boolean => {
    const all = [...due, ...there].slice(-mostKept).join(' ');
    try {
      memory.set(key, all);
      return true;
    } catch (error) {
      say('warn', 'where a login is shown could not be kept', { error: messageOf(error) });
      return false;
    }
  };

  const attempt = async (id: string): Promise<void> => {
    const [, chat = '', message = ''] = form.exec(id) ?? [];
    try {
      await api.call('deleteMessage', { chat_id: chat, message_id: Number(message) });
    } catch (error) {
      if (!isFinal(error)) return;
    }
    due.delete(id);
    keep();
  };

  return {
    add: (chat, message) => {
      there.add(idOf(chat, message));
      return keep();
    },
    remove: (chat, message) => {
      const id = idOf(chat, message);
      there.delete(id);
      due.add(id);
      return attempt(id);
    },
    sweep: async () => {
      for (const id of [...due]) await attempt(id);
    },
  };
};
