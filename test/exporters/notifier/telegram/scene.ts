import { DatabaseSync } from 'node:sqlite';
import type { Test } from 'tap';
import { RequestFailure } from '../../../../agent/model/failure.ts';
import type { AgentMethod } from '../../../../agent/protocol/agent.ts';
import type { NotifierEvent } from '../../../../agent/protocol/notifier.ts';
import type { Agent } from '../../../../exporters/notifier/agent/connection.ts';
import type { TelegramOptions } from '../../../../exporters/notifier/telegram/options.ts';
import { createTelegram, type Telegram } from '../../../../exporters/notifier/telegram/telegram.ts';
import { deathOf, downSession, reportOf, sessionOf, statusOf } from '../../../agent/cli/sample.ts';
import { createPhone, type Phone, startWith } from '../../../telegram/phone.ts';
import { type BotApi, startBotApi } from '../../../telegram/server.ts';
import { pngOf } from './png.ts';
import { until } from './until.ts';

export type Answers = Partial<Record<AgentMethod, (params: never) => unknown>>;

export interface Scene {
  api: BotApi;
  telegram: Telegram;
  db: DatabaseSync;
  /** What the agent was asked for. */
  calls: { method: string; params: Record<string, unknown> }[];
  said: { level: string; message: string; fields: unknown }[];
  recorded: NotifierEvent[];
  chats: string[][];
  /** Of the notifier's clock, ms since the epoch. */
  clock: { ahead: number };
  answers: Answers;
  /** Somebody who is paired. */
  owner(): Promise<Phone>;
  stranger(id?: number): Phone;
  /** Waits, for a long time at most, until it is so. */
  until(what: string, is: () => boolean): Promise<void>;
  /** The same database, another process. */
  restart(): Promise<Telegram>;
}

export const usualAnswers: Answers = {
  status: () =>
    statusOf({
      sessions: [
        sessionOf('bot'),
        sessionOf('web'),
        sessionOf('web.dev'),
        downSession('gateway', 'dead'),
      ],
    }),
  incident: () => reportOf([deathOf('bot', { others: [] })]),
  incidents: () => ({ incidents: [reportOf([deathOf('bot', { others: [] })]).incident] }),
  'screen.read': () => ({ text: 'last words\n$ ' }),
  'screen.capture': ({ session }: { session: string }) => ({
    ...{ session, text: '\x1b[31mred\x1b[0m line\nsecond', columns: 20, rows: 2 },
    takenAt: Date.now(),
  }),
  'session.restart': () => ({ action: 'A1', outcome: 'done', message: 'created' }),
  'session.start': () => ({ action: 'A2', outcome: 'done', message: 'created' }),
  'session.stop': () => ({ action: 'A3', outcome: 'done', message: 'ended' }),
  'alert.acknowledge': () => ({ incident: '01INCIDENT', sessions: ['demo-1'] }),
  'alert.silence': ({
    session,
    forMs,
    reason,
  }: {
    session: string;
    forMs: number;
    reason: string;
  }) => ({
    ...{ silence: '01SILENCE', session, at: Date.now(), until: Date.now() + forMs, reason },
  }),
  'alert.unsilence': () => ({ silence: '01SILENCE', session: 'demo-1' }),
};

export const fastWaits: TelegramOptions['waits'] & object = {
  network: { first: 20, longest: 50 },
  conflict: { first: 30, longest: 60 },
  unauthorized: 50,
};

export interface SceneOptions extends Partial<Omit<TelegramOptions, 'settings'>> {
  settings?: Partial<TelegramOptions['settings']>;
}

/** A Bot API, an agent that answers as it is told to, and the part of Telegram between them. */
export const openScene = async (
  t: Test,
  { settings, ...options }: SceneOptions = {},
): Promise<Scene> => {
  const api = await startBotApi();
  const db = new DatabaseSync(':memory:');
  const clock = { ahead: 0 };
  const calls: Scene['calls'] = [];
  const said: Scene['said'] = [];
  const recorded: NotifierEvent[] = [];
  const chats: string[][] = [];
  const answers: Answers = { ...usualAnswers };
  const agent: Agent = {
    call: async (method, params) => {
      calls.push({ method, params: params as Record<string, unknown> });
      const answer = answers[method];
      if (!answer) throw new RequestFailure('agent-unreachable', 'nobody listens');
      return answer(params as never) as never;
    },
  };
  const open = (): Telegram =>
    createTelegram({
      ...{ token: api.token, db, agent, host: 'vps1.example.com' },
      settings: { apiRoot: api.root, proxy: null, minSeverity: 'info', screens: true, ...settings },
      now: () => Date.now() + clock.ahead,
      say: (level, message, fields) => said.push({ level, message, fields }),
      record: (events) => recorded.push(...events),
      picture: async () => pngOf(640, 400),
      onChats: (all) => chats.push(all),
      ...{ pollSeconds: 5, limits: { gapMs: 0 }, waits: fastWaits },
      ...options,
    });
  let telegram = open();
  telegram.start();
  t.teardown(async () => {
    await telegram.stop();
    await api.close();
    db.close();
  });

  let next = 4711;
  const scene: Scene = {
    ...{ api, telegram, db, calls, said, recorded, chats, clock, answers },
    owner: async () => {
      next += 1;
      const phone = createPhone(api, { id: next, name: `Ada ${next}`, username: `ada${next}` });
      await phone.ask(startWith(scene.telegram.pairing.begin().code));
      return phone;
    },
    stranger: (id = 666) => createPhone(api, { id, name: 'Mallory', username: 'mallory' }),
    until: (what, is) => until(what, is, () => JSON.stringify(said)),
    restart: async () => {
      await telegram.stop();
      telegram = open();
      scene.telegram = telegram;
      telegram.start();
      return telegram;
    },
  };
  return scene;
};
