import { createServiceManager } from '../../../agent/tell/service-manager.ts';

/** Says everything there is to say, to whoever our environment names. */
const errors: unknown[] = [];
const manager = createServiceManager(process.env, { onError: (cause) => errors.push(cause) });
manager.ready();
manager.status('supervising\n12 sessions');
manager.watchdog();
manager.reloading();
manager.stopping();
process.stdout.write(
  JSON.stringify({
    path: manager.path,
    watchdogIntervalMs: manager.watchdogIntervalMs,
    errors: errors.map(String),
  }),
);
