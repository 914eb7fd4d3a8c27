import t from 'tap';
import { startServer as startManaged } from '../../../../agent/link/command/start-server.ts';
import { watchServer } from '../../../../agent/link/watch/watcher.ts';
import type { LinkNotifications } from '../../../../agent/protocol/link.ts';
import { startServer, tmuxOn } from '../../../e2e/tmux.ts';
import { temporarySocket } from '../temporary-server.ts';
import { createListener } from './told.ts';

/** The server misses about one such end in four. */
const many = 20;

/**
 * Ends right after it let go of its terminal, so that the server is at that moment waiting for utempter's
 * helper, and misses that its child ended.
 */
const endsUnseen = 'trap "" HUP; read -r line; exec <&- >&- 2>&-; exit 7';

const listingOf =
  (sessions: number) =>
  (one: { method: string; params: unknown }): LinkNotifications['server.listing'] | undefined => {
    if (one.method !== 'server.listing') return undefined;
    const listing = one.params as LinkNotifications['server.listing'];
    return listing.sessions.length === sessions ? listing : undefined;
  };

t.test('a program whose end the managed server itself misses', async (t) => {
  const socket = temporarySocket(t);
  await startManaged(socket, null);
  for (let i = 0; i < many; i += 1) {
    await tmuxOn(socket, 'new-session', '-d', '-s', `s${i}`, endsUnseen);
  }
  const { tell, until } = createListener();
  const watcher = watchServer({ server: 'main', socket, managed: true }, tell);
  t.teardown(() => watcher.close());
  const { sessions } = await until('all sessions', listingOf(many));

  for (const [i, { tmuxId }] of sessions.entries()) {
    await tmuxOn(socket, 'send-keys', '-t', `${tmuxId}:`, 'Enter');
    const { exits } = await until(`${i + 1} gone`, listingOf(many - 1 - i));
    t.match(exits.at(-1), { tmuxId, status: 7, last: true });
  }
});

t.test('a server of somebody else still ends with its last session', async (t) => {
  const socket = temporarySocket(t);
  const pid = await startServer(socket, 'only');
  const { tell, until } = createListener();
  const watcher = watchServer({ server: 'own', socket, managed: false }, tell);
  t.teardown(() => watcher.close());
  await until('one session', listingOf(1));

  await tmuxOn(socket, 'kill-session', '-t', 'only');
  const end = await until('the end', (one) =>
    one.method === 'server.gone' ? one.params : undefined,
  );
  t.match(end, { instance: { pid }, how: 'exited' });
});
