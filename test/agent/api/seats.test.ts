import type { Socket } from 'node:net';
import { PassThrough } from 'node:stream';
import t from 'tap';
import { createSeats } from '../../../agent/api/seats.ts';

const client = (): Socket => new PassThrough() as unknown as Socket;

t.test('one more than there is room for takes the place of the most silent', async (t) => {
  const seats = createSeats(3);
  const clients = [client(), client(), client()];
  const taken = clients.map((socket) => seats.take(socket));
  taken[0]?.heard();
  const late = client();
  t.ok(seats.take(late));
  t.strictSame(
    [...clients, late].map(({ destroyed }) => destroyed),
    [false, true, false, false],
  );
});

t.test('who follows events is never sent away', async (t) => {
  const seats = createSeats(2);
  const clients = [client(), client()];
  for (const socket of clients) seats.take(socket)?.keep();
  const late = client();
  t.equal(seats.take(late), null);
  t.ok(late.destroyed);
  t.notOk(clients.some(({ destroyed }) => destroyed));

  const closed = new Promise((resolve) => clients[0]?.once('close', resolve));
  clients[0]?.destroy();
  await closed;
  t.ok(seats.take(client()), 'a place that was left is free');
});

t.test('a follower that asks something keeps its place', async (t) => {
  const seats = createSeats(1);
  const follower = client();
  const seat = seats.take(follower);
  seat?.keep();
  seat?.heard();
  t.equal(seats.take(client()), null);
  t.notOk(follower.destroyed);
});
