import { Failure } from '../../agent/model/failure.ts';
import { Log } from '../log.ts';
import { Exporter } from './exporter.ts';
import { interpretOnly } from './memory.ts';
import { type Options, parseOptions, usage } from './options.ts';

/** sysexits.h */
const exitCodes: Readonly<Record<string, number>> = { usage: 64, listen: 69, textfile: 73 };
const softwareError = 70;

/** A stop that takes longer is stuck in the file system; systemd would kill us later. */
const maxStopMs = 3000;

const stopAsked = (): Promise<unknown> =>
  new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, resolve);
    // Started by `holdfast up`: when it goes, however it goes, so do we.
    if (process.connected) process.on('disconnect', () => resolve('disconnect'));
  });

const tellParent = (port: number | null): void => {
  if (process.connected) process.send?.({ ready: true, port }, () => {});
};

const serve = async (options: Options): Promise<void> => {
  const stop = stopAsked();
  stop.then(() => setTimeout(() => process.exit(softwareError), maxStopMs).unref());
  const log = new Log(async () => {
    const { createLogger } = await import('../process-log.ts');
    return createLogger('exporter', process.env);
  });
  const exporter = new Exporter(options, log);
  await exporter.start();
  tellParent(exporter.port);
  await stop;
  await exporter.stop();
  await log.written();
};

interpretOnly();
try {
  const options = parseOptions(process.argv.slice(2));
  if (options) await serve(options);
  else process.stdout.write(usage);
  process.exit();
} catch (error) {
  const known = error instanceof Failure ? error : null;
  const message = known ? known.message : error instanceof Error ? error.stack : String(error);
  process.stderr.write(`holdfast-exporter: ${message}\n`);
  process.exit(exitCodes[known?.code ?? ''] ?? softwareError);
}
