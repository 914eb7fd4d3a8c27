import { createHealthReport, type OutputHealth } from '../output-health.ts';
import { type BacklogLimits, createBacklog } from './backlog.ts';
import type { LineSink } from './line-file.ts';

/** Writes lines to files in the background. Nothing here throws, rejects or waits for a disk. */
export interface LineWriter {
  /** `line` ends with a newline. */
  write(path: string, line: string): void;
  /** Resolves when all that was written has been tried: it is in its files, or waits for the next try. */
  flushed(): Promise<void>;
  /** Tries once more what waits, then closes the files. */
  close(): Promise<void>;
  health(): OutputHealth;
}

export interface LineWriterOptions {
  limits: BacklogLimits;
  /** Pause before files that failed are tried again. */
  retryMs: number;
  gapLine: (dropped: number) => string;
  onHealth: (health: OutputHealth) => void;
}

export const createLineWriter = (sink: LineSink, options: LineWriterOptions): LineWriter => {
  const backlog = createBacklog(options.limits, options.gapLine);
  const health = createHealthReport(options.onHealth);
  /** Left alone until the next retry, so that one bad file does not hold up the others. */
  const failing = new Set<string>();
  let running: Promise<void> | null = null;
  let retryTimer: NodeJS.Timeout | null = null;
  let closed = false;

  const appendNext = async (path: string): Promise<void> => {
    const batch = backlog.peek(path);
    if (!batch) return;
    try {
      await sink.append(path, batch.text);
      backlog.remove(path, batch);
    } catch (cause) {
      failing.add(path);
      health.failed(cause);
    }
  };

  const eligible = (): string[] => backlog.files().filter((path) => !failing.has(path));

  const appendAll = async (): Promise<void> => {
    for (let round = eligible(); round.length > 0; round = eligible()) {
      for (const path of round) await appendNext(path);
    }
    if (failing.size === 0) health.recovered();
    else if (!closed) retryTimer ??= setTimeout(retry, options.retryMs).unref();
  };

  const run = (): void => {
    running ??= appendAll().finally(() => {
      running = null;
      // A line may have come after the last round and found us running.
      if (eligible().length > 0) run();
    });
  };

  const retry = (): void => {
    retryTimer = null;
    failing.clear();
    run();
  };

  const flushed = async (): Promise<void> => {
    while (running) await running;
  };

  return {
    write(path, line) {
      if (closed || !backlog.push(path, line)) health.dropped(1);
      else if (!failing.has(path)) run();
    },
    flushed,
    async close() {
      if (closed) return;
      closed = true;
      clearTimeout(retryTimer ?? undefined);
      await flushed();
      retry();
      await flushed();
      health.dropped(backlog.clear());
      await sink.close();
    },
    health: health.current,
  };
};
