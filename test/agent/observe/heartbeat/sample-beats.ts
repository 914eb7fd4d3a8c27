import type { Beat } from '../../../../agent/protocol/heartbeat.ts';

export const lineOf = (params: object): string =>
  JSON.stringify({ jsonrpc: '2.0', method: 'beat', params });

export const beat = (more: Partial<Beat> = {}): Beat => ({ at: 5, startedAt: 1, ...more });
