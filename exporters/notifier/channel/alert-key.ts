import { createHash } from 'node:crypto';

/** What both Standard Webhooks (no full stop) and ntfy (`[-_A-Za-z0-9]{1,64}`) take for an id. */
const plain = /^[-_A-Za-z0-9]{1,64}$/;

/** The id of an alert in the words of others, always the same: as it is where that can be, else its hash. */
export const alertKey = (alert: string): string =>
  plain.test(alert) ? alert : createHash('sha256').update(alert).digest('hex').slice(0, 32);
