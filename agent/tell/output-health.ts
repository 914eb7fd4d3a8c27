import { codeOf, messageOf } from '../model/failure.ts';
/** Whether an output reaches its file now. */
export interface OutputHealth {
  status: 'ok' | 'degraded';
  /** Of the newest failure, e.g. `ENOSPC`; empty while ok. */
  code: string;
  message: string;
  /** Lines or documents given up since the start. */
  dropped: number;
}

export interface HealthReport {
  failed(cause: unknown): void;
  recovered(): void;
  dropped(count: number): void;
  current(): OutputHealth;
}

/** Keeps an output's health and tells `onChange` when status or code change, not on every failure. */
export const createHealthReport = (onChange: (health: OutputHealth) => void): HealthReport => {
  let health: OutputHealth = { status: 'ok', code: '', message: '', dropped: 0 };
  const become = (next: OutputHealth): void => {
    const changed = next.status !== health.status || next.code !== health.code;
    health = next;
    if (changed) onChange(health);
  };
  return {
    failed: (cause) => {
      const message = messageOf(cause);
      become({ ...health, status: 'degraded', code: codeOf(cause) ?? 'unknown', message });
    },
    recovered: () => become({ ...health, status: 'ok', code: '', message: '' }),
    dropped: (count) => {
      health = { ...health, dropped: health.dropped + count };
    },
    current: () => health,
  };
};
