/** Lines that wait for their files. */
export interface Backlog {
  /** False when the line was given up because the backlog is full. */
  push(file: string, line: string): boolean;
  files(): string[];
  /** What to append to `file` next; null when nothing waits. */
  peek(file: string): Batch | null;
  /** Forgets a batch of `peek` that has reached its file. */
  remove(file: string, batch: Batch): void;
  /** Gives up everything and returns the number of lines. */
  clear(): number;
}

export interface Batch {
  text: string;
  lines: number;
  bytes: number;
  /** Lines given up before, which the end of `text` admits. */
  gap: number;
}

export interface BacklogLimits {
  /** One file that cannot be written must not take the room of the others. */
  fileBytes: number;
  totalBytes: number;
}

interface Waiting {
  lines: string[];
  bytes: number;
  dropped: number;
}

const batchBytes = 64 * 1024;

const takeWhole = ({ lines, dropped }: Waiting, gapLine: (dropped: number) => string): Batch => {
  let bytes = 0;
  let count = 0;
  for (const line of lines) {
    if (count > 0 && bytes + Buffer.byteLength(line) > batchBytes) break;
    bytes += Buffer.byteLength(line);
    count += 1;
  }
  const text = lines.slice(0, count).join('');
  const gap = count === lines.length ? dropped : 0;
  return { text: gap > 0 ? text + gapLine(gap) : text, lines: count, bytes, gap };
};

/** Once a file has lost a line it loses all until the loss is told: a log in order with one hole. */
export const createBacklog = (
  limits: BacklogLimits,
  gapLine: (dropped: number) => string,
): Backlog => {
  const waiting = new Map<string, Waiting>();
  let total = 0;

  return {
    push(file, line) {
      const entry = waiting.get(file) ?? { lines: [], bytes: 0, dropped: 0 };
      waiting.set(file, entry);
      const bytes = Buffer.byteLength(line);
      const full = entry.bytes + bytes > limits.fileBytes || total + bytes > limits.totalBytes;
      if (entry.dropped > 0 || full) {
        entry.dropped += 1;
        return false;
      }
      entry.lines.push(line);
      entry.bytes += bytes;
      total += bytes;
      return true;
    },

    files: () => [...waiting.keys()],

    peek(file) {
      const entry = waiting.get(file);
      return entry ? takeWhole(entry, gapLine) : null;
    },

    remove(file, batch) {
      const entry = waiting.get(file);
      if (!entry) return;
      entry.lines.splice(0, batch.lines);
      entry.bytes -= batch.bytes;
      entry.dropped -= batch.gap;
      total -= batch.bytes;
      if (entry.lines.length === 0 && entry.dropped === 0) waiting.delete(file);
    },

    clear() {
      const lines = waiting.values().reduce((sum, entry) => sum + entry.lines.length, 0);
      waiting.clear();
      total = 0;
      return lines;
    },
  };
};
