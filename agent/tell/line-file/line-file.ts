/** A file that is only ever appended whole lines. */
export interface LineFile {
  /** Rejects when the disk does not take it; then nothing of `text` stays in the file. */
  append(text: string): Promise<void>;
  close(): Promise<void>;
}

/** Appends to files by path, opening and closing them as needed. */
export interface LineSink {
  append(path: string, text: string): Promise<void>;
  close(): Promise<void>;
}

/** Logs may name what runs here: not for everybody. */
export const logFileMode = 0o640;
