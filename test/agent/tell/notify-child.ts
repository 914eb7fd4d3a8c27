import { createServiceManager } from '../../../agent/tell/service-manager.ts';

/** Says everything there is to say, to whoever our environment names. */
const errors: unknown[] = [];
const notifier = createServiceManager(process.env, { onError: (cause) => errors.push(cause) });
notifier.ready();
notifier.status('supervising\n12 sessions');
notifier.watchdog();
notifier.reloading();
notifier.stopping();
process.stdout.write(
  JSON.stringify({
    path: notifier.path,
    watchdogIntervalMs: notifier.watchdogIntervalMs,
    errors: errors.map(String),
  }),
);
