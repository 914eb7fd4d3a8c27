/** What we use of it; the package has no types. */
declare module 'pino-roll' {
  import type { EventEmitter } from 'node:events';

  export interface RollOptions {
    file: string;
    /** A number with its unit, e.g. `52428800b`. */
    size: string;
    mode: number;
    /** `count` does not include the file in use. */
    limit: { count: number; removeOtherLogFiles: boolean };
  }

  /** A SonicBoom: emits `ready` at each opening, `drain` when everything is written, `error`, `close`. */
  export interface RollingStream extends EventEmitter {
    /** The file in use, or being opened. */
    readonly file: string;
    readonly fd: number;
    write(text: string): boolean;
    destroy(): void;
  }

  export default function build(options: RollOptions): Promise<RollingStream>;
}
