import type { Severity } from '../severity.ts';
import type { Requester } from './action.ts';
import type { Remote } from './remote.ts';

/** Events about what people are told, and about people who ask from afar. */
export interface AlertEvents {
  /** A channel accepted a message: the first about this alert, or one more that people should hear of. */
  'alert.sent': {
    alert: string;
    kind: string;
    incident: string | null;
    severity: Severity;
    status: 'firing' | 'resolved';
    channel: string;
    attempts: number;
    /** From the newest event the message tells of until it was accepted. */
    afterMs: number;
  };
  /** A channel refused a message for good, or it was given up. */
  'alert.failed': {
    alert: string;
    kind: string;
    incident: string | null;
    channel: string;
    code: string;
    message: string;
  };
  'alert.acknowledged': { incident: string; by: Requester };
  /** `session` null: everything. */
  'alert.silenced': {
    silence: string;
    session: string | null;
    server?: string | null;
    until: number;
    reason: string;
    by: Requester;
  };
  'alert.unsilenced': { silence: string; by: Requester };
  'remote.paired': { remote: Remote };
  'remote.unpaired': { remote: Remote };
  /** Somebody who is not paired asked for something, and got no answer; told once an hour of each. */
  'remote.refused': { remote: Remote; what: string };
}
