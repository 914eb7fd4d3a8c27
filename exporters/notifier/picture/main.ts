import { writeSync } from 'node:fs';
import { Failure } from '../../../agent/model/failure.ts';

/**
 * One picture of one screen: a request (request.ts) on stdin, a PNG on stdout. A process of its own, for what it draws
 * comes from programs nobody vouches for, and what it draws with is large. It is started with the flags of flags.ts.
 */

/** sysexits.h */
const exitCodes: Readonly<Record<string, number>> = { 'picture-request': 65, 'picture-time': 75 };
const softwareError = 70;

/** Several times what the largest screen takes. */
const maxMs = 30_000;

/** Whole, though stdout is a pipe, which takes what it has room for. */
const writeAll = (data: Uint8Array): Promise<void> =>
  new Promise((resolve, reject) => {
    process.stdout.once('error', reject);
    process.stdout.write(data, () => resolve());
  });

try {
  const { readRequest } = await import('./request.ts');
  const request = await readRequest(process.stdin);
  const { drawPicture } = await import('./draw.ts');
  await writeAll(await drawPicture(request, performance.now() + maxMs));
  process.exit(0);
} catch (error) {
  const known = error instanceof Failure ? error : null;
  const message = known ? known.message : error instanceof Error ? error.message : String(error);
  const [line] = message.split('\n');
  writeSync(2, `holdfast-picture: ${line}\n`);
  process.exit(exitCodes[known?.code ?? ''] ?? softwareError);
}
