import { once } from 'node:events';
import { createProcessLog } from '../../../agent/tell/process-log.ts';

/** A process whose stdout is the test's: logs a line per level, then what the scenario says. */
const log = createProcessLog({ level: 'trace', sessionLevels: {}, redact: (text) => text });

const scenarios: Record<string, () => Promise<void>> = {
  async levels() {
    for (const level of ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const) {
      log.log(level, `one ${level}`);
    }
    await log.flushed();
  },

  /** Waits until told that nobody reads any more. */
  async gone() {
    log.log('info', 'first');
    await log.flushed();
    await once(process.stdin, 'data');
    for (let n = 0; n < 1000; n += 1) log.log('info', 'into the void', { n });
    await log.flushed();
    log.log('info', 'and one more');
    process.stderr.write(`alive, dropped ${log.dropped()}`);
    process.exit(0);
  },

  /** Logs more than a pipe and the memory for it hold, then waits until told to end. */
  async stalled() {
    for (let n = 0; n < 3000; n += 1) log.log('info', 'x'.repeat(1000));
    await once(process.stdin.resume(), 'end');
    process.stderr.write(`alive, dropped ${log.dropped()}`);
    process.exit(0);
  },
};

await scenarios[process.argv[2] ?? '']?.();
