import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** Far more than all declared units have to say. */
const maxBytes = 1024 * 1024;

const run = promisify(execFile);

/** What systemctl(1) could not do, in its own words. */
export class SystemctlError extends Error {
  /** It took too long, and was ended; what it had asked systemd for goes on. */
  readonly isLate: boolean;

  constructor(cause: unknown) {
    const { code, stderr, message, killed } = cause as Error & {
      code?: unknown;
      stderr?: string;
      killed?: boolean;
    };
    const said = code === 'ENOENT' ? 'systemctl is not installed' : stderr?.trim() || message;
    super(said, { cause });
    this.isLate = killed === true;
  }
}

/**
 * Runs systemctl(1) for what it prints.
 * @param limitMs it is ended then
 * @param program in its place, for tests
 * @throws SystemctlError
 */
export const systemctl = async (
  args: readonly string[],
  limitMs: number,
  program = 'systemctl',
): Promise<string> => {
  const options = { timeout: limitMs, maxBuffer: maxBytes, killSignal: 'SIGKILL' } as const;
  try {
    return (await run(program, [...args], options)).stdout;
  } catch (cause) {
    throw new SystemctlError(cause);
  }
};
