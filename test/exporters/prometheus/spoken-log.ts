import { EventEmitter, once } from 'node:events';
import { pino } from 'pino';
import { Log } from '../../../exporters/log.ts';

export interface Line {
  level: string;
  msg: string;
  [field: string]: unknown;
}

/** A log whose lines are kept; `said` resolves when a line with such a message is there. */
export const spokenLog = () => {
  const lines: Line[] = [];
  const spoken = new EventEmitter();
  const write = (text: string): void => {
    lines.push(JSON.parse(text));
    spoken.emit('line');
  };
  const options = { formatters: { level: (level: string) => ({ level }) } };
  const log = new Log(async () => pino(options, { write }));
  const said = async (message: RegExp): Promise<Line> => {
    for (;;) {
      const found = lines.find(({ msg }) => message.test(msg));
      if (found) return found;
      await once(spoken, 'line', { signal: AbortSignal.timeout(60_000) });
    }
  };
  return { log, lines, said };
};
