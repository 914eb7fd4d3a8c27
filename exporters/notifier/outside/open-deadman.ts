import type { DeadmanConfig } from '../../../agent/model/config/config.ts';
import { Failure, messageOf } from '../../../agent/model/failure.ts';
import { addressOf } from '../credentials/address.ts';
import type { Credentials } from '../credentials/credentials.ts';
import type { Say } from '../process-log.ts';
import { createDeadman, type Deadman, type DeadmanPorts } from './deadman.ts';

/** null: none is wanted, or it cannot be used, which is said. */
export const openDeadman = (
  config: DeadmanConfig | null,
  credentials: Credentials,
  ports: DeadmanPorts,
  say: Say,
): Deadman | null => {
  if (!config) return null;
  try {
    const url = addressOf(config, credentials);
    return createDeadman({ url, intervalMs: config.intervalMs }, ports);
  } catch (cause) {
    if (!(cause instanceof Failure)) throw cause;
    say('error', "the dead-man's switch cannot be used", { why: messageOf(cause) });
    return null;
  }
};
