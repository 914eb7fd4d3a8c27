import type { ConnectionState } from '../../protocol/heartbeat.ts';
import { fieldOf } from '../bounded.ts';
import type { Heartbeat, Need } from '../contract.ts';
import { type Emitter, type Listener, listen } from './listen.ts';

/** Of `change_state`: WAState of whatsapp-web.js. CONNECTED is no news before `ready`, and none here. */
const states: Readonly<Record<string, ConnectionState>> = {
  OPENING: 'connecting',
  PAIRING: 'connecting',
  UNLAUNCHED: 'connecting',
  TIMEOUT: 'degraded',
  CONFLICT: 'degraded',
  PROXYBLOCK: 'disconnected',
  TOS_BLOCK: 'disconnected',
  SMB_TOS_BLOCK: 'disconnected',
  DEPRECATED_VERSION: 'disconnected',
  UNPAIRED: 'logged-out',
  UNPAIRED_IDLE: 'logged-out',
};

/** Reasons of `disconnected` after which somebody has to log in again. */
const loggedOut = new Set<unknown>(['LOGOUT', 'UNPAIRED', 'UNPAIRED_IDLE']);

/** Counted by their names, and nothing more. */
const counted = [
  ...['message_ack', 'message_edit', 'message_reaction', 'message_revoke_everyone'],
  ...['message_revoke_me', 'message_ciphertext_failed', 'media_uploaded', 'vote_update', 'call'],
  ...['group_join', 'group_leave', 'group_update', 'group_admin_changed'],
];

const login = (beat: Heartbeat): [string, Listener][] => {
  let asked = false;
  const ask = (need: Need, why: string): void => {
    asked = true;
    beat.connection('needs-login', why);
    beat.needs(need);
  };
  return [
    ['qr', (text: string) => ask({ kind: 'qr', text }, 'a QR code waits to be scanned')],
    ['code', (text: string) => ask({ kind: 'code', text }, 'a pairing code waits to be entered')],
    [
      'authenticated',
      () => {
        const now = Date.now();
        beat.needs(null);
        beat.session(asked ? { createdAt: now, refreshedAt: now } : { refreshedAt: now });
        beat.connection('connecting', 'authenticated');
        asked = false;
      },
    ],
    ['auth_failure', (message: unknown) => beat.connection('logged-out', String(message))],
    ['remote_session_saved', () => beat.session({ refreshedAt: Date.now() })],
  ];
};

const connection = (beat: Heartbeat): [string, Listener][] => {
  let ready = false;
  const become = (state: ConnectionState, why?: string): void => beat.connection(state, why);
  return [
    ['loading_screen', (percent: unknown) => become('connecting', `loading, ${percent} %`)],
    [
      'ready',
      () => {
        ready = true;
        beat.needs(null);
        become('ready');
      },
    ],
    [
      'change_state',
      (state: string) => {
        if (state === 'CONNECTED' && ready) become('ready');
        const known = Object.hasOwn(states, state) ? states[state] : undefined;
        if (known !== undefined) become(known, state);
      },
    ],
    [
      'disconnected',
      (reason: unknown) => {
        ready = false;
        become(loggedOut.has(reason) ? 'logged-out' : 'disconnected', String(reason));
      },
    ],
  ];
};

const traffic = (beat: Heartbeat): [string, Listener][] => [
  ['message', () => beat.received()],
  [
    'message_create',
    (message: unknown) => {
      if (fieldOf(message, 'fromMe') === true) beat.sent();
    },
  ],
  ...counted.map((name): [string, Listener] => [name, () => beat.count(name)]),
];

/**
 * For a Client of whatsapp-web.js, before `initialize`. A QR or pairing code is told as what the bot needs, and written nowhere.
 * @returns what detaches it
 */
export const attachWhatsApp = (client: Emitter, beat: Heartbeat): (() => void) => {
  beat.connection('connecting');
  beat.received(0);
  beat.sent(0);
  return listen(client, new Map([...login(beat), ...connection(beat), ...traffic(beat)]));
};
