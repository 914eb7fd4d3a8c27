import type { Hands } from '../../../agent/act/hands.ts';
import type { Config } from '../../../agent/model/config/config.ts';
import type { NewEvent } from '../../../agent/model/event.ts';
import type { State } from '../../../agent/model/state.ts';
import { noAlerts } from '../model/config/sample-alerts.ts';
import { usualRecovery } from '../model/config/sample-recovery.ts';
import { after, born, running } from '../model/sample.ts';

export const now = born + 60_000;

export const config: Config = {
  servers: {
    main: { kind: 'managed', tmuxConfig: null, owner: null },
    mine: { kind: 'adopted', adopt: 'm', owner: null },
  },
  sessions: {
    bot: {
      server: 'main',
      command: 'node bot.js',
      cwd: '/srv',
      env: { A: '1' },
      restart: 'on-failure',
    },
    web: { server: 'main', command: 'node web.js', cwd: null, env: {}, restart: 'on-failure' },
  },
  autoAdopt: false,
  serversAreUnits: false,
  log: { level: 'info', sessions: {} },
  retention: { maxAgeMs: 1, maxBytes: 1 },
  recovery: usualRecovery,
  health: { intervalMs: 1 },
  alerts: noAlerts,
};

/** Hands upon a state that their events change; `steps` has what they did, in order. */
export const handsUpon = (from: State = running, changes: Partial<Hands> = {}) => {
  const events: NewEvent[] = [];
  const steps: string[] = [];
  const calls: unknown[] = [];
  let state = from;
  const hands: Hands = {
    state: () => state,
    config: () => config,
    record: (recorded, trace) => {
      const traced = recorded.map((event) => ({ ...(trace ? { trace } : {}), ...event }));
      events.push(...traced);
      steps.push(...traced.map(({ type }) => type));
      state = after(state, ...traced);
    },
    durable: async () => void steps.push('durable'),
    call: async (method, params) => {
      steps.push(method);
      calls.push(params);
      return {} as never;
    },
    probe: async (server, probe) => {
      steps.push('probe.run');
      calls.push({ server, probe });
      return { status: 'ok', reason: '' };
    },
    now: () => now,
    environment: {},
    screenOf: async () => null,
    units: null,
    controlUnit: async (verb, name) => {
      steps.push(`unit.${verb}`);
      calls.push(name);
    },
    isServed: () => true,
    ownerOf: () => 'deploy',
    ...changes,
  };
  return { hands, events, steps, calls, state: () => state };
};
