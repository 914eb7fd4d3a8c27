import { redact } from '../../agent/model/redaction.ts';
import { type Fields, type Level, Log } from '../log.ts';

/** Says something in the process log, without the secrets in it. */
export type Say = (level: Level, message: string, fields?: Fields) => void;

const clean = (value: unknown): unknown =>
  typeof value === 'string' ? redact(value.slice(0, 2000)).text : value;

export const createSay = (env: NodeJS.ProcessEnv): { say: Say; written(): Promise<void> } => {
  const log = new Log(async () => {
    const { createLogger } = await import('../process-log.ts');
    return createLogger('notifier', env);
  });
  return {
    say: (level, message, fields = {}) => {
      const cleaned = Object.entries(fields).map(([key, value]) => [key, clean(value)]);
      log[level](Object.fromEntries(cleaned), String(clean(message)));
    },
    written: () => log.written(),
  };
};
