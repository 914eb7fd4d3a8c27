import { parseArgs } from 'node:util';
import { lastWords, tellCrashes } from './app/last-words.ts';
import { startApp } from './app.ts';
import { ConfigFailure } from './model/failure.ts';
import { homePaths, systemPaths } from './paths.ts';

const usage = 'usage: holdfast-agent --home DIR | --system';

const { values } = parseArgs({
  options: { home: { type: 'string' }, system: { type: 'boolean' }, help: { type: 'boolean' } },
});
if (values.help || (!values.home && !values.system)) {
  console.error(usage);
  process.exit(values.help ? 0 : 64);
}

/** EX_CONFIG (sysexits.h): systemd does not restart us for it. */
const configExit = 78;

tellCrashes(process.env);
try {
  const app = await startApp({
    paths: values.home ? homePaths(values.home) : systemPaths,
    embedded: process.env['HOLDFAST_EMBEDDED'] === '1',
    env: process.env,
  });
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    app.stop().then(
      () => process.exit(0),
      (cause) => {
        lastWords(cause);
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  process.on('SIGHUP', () => void app.reload().catch(() => undefined));
  // Under `holdfast up` the parent's end is ours: nothing is left behind.
  if (process.connected) process.once('disconnect', stop);
  process.send?.({ ready: true });
} catch (cause) {
  lastWords(cause);
  process.exit(cause instanceof ConfigFailure ? configExit : 1);
}
